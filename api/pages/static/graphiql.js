// Puts GraphiQL on the page. The key stays in this tab's sessionStorage and goes nowhere but to /graphql.
"use strict";

const KEY = "creatorgraph.key";
const ROLE = "creatorgraph.role";
const ROLES = ["admin", "analyst", "partner", "brand", "creator"];
const WHO = "{ viewer { name role } }";

const keyField = document.getElementById("key");
const roleField = document.getElementById("role");
const who = document.getElementById("who");
const root = ReactDOM.createRoot(document.getElementById("ide"));

async function ask(request) {
  const key = sessionStorage.getItem(KEY);
  if (!key) {
    return { errors: [{ message: "Put an access key into the field above; `creatorgraph keys create` makes one." }] };
  }
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { Accept: "application/graphql-response+json", "Content-Type": "application/json", Authorization: `Bearer ${key}` },
    body: JSON.stringify(request),
  });
  return response.json();
}

// GraphiQL keeps tabs and settings under fixed names; one drawer for each role keeps their examples apart.
// At the first use it takes the first tab's variables from there and not from the tab.
function drawer(role, first) {
  const prefix = `creatorgraph.${role}.`;
  const own = () => Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  if (!own().length) {
    localStorage.setItem(`${prefix}graphiql:variables`, first.variables);
  }
  return {
    getItem: (name) => localStorage.getItem(prefix + name),
    setItem: (name, value) => localStorage.setItem(prefix + name, value),
    removeItem: (name) => localStorage.removeItem(prefix + name),
    clear: () => own().forEach((name) => localStorage.removeItem(name)),
    get length() {
      return own().length;
    },
  };
}

function show(role, examples) {
  const ide = React.createElement(GraphiQL, {
    key: `${role} ${sessionStorage.getItem(KEY)}`,
    fetcher: ask,
    storage: drawer(role, examples[role][0]),
    defaultTabs: examples[role],
    defaultEditorToolsVisibility: matchMedia("(min-width: 50rem)").matches && "variables",
    isHeadersEditorEnabled: false,
    shouldPersistHeaders: false,
  });
  root.render(ide);
}

function tell(text, mood) {
  who.textContent = text;
  who.className = mood;
}

// Returns the role of the key, or null where it has none.
async function introduce() {
  if (!sessionStorage.getItem(KEY)) {
    tell("No key yet: nothing can be asked.", "");
    return null;
  }
  const { data, errors } = await ask({ query: WHO });
  if (!data) {
    tell(errors[0].message, "bad");
    return null;
  }
  tell(`${data.viewer.name}, ${data.viewer.role.toLowerCase()}`, "good");
  return data.viewer.role.toLowerCase();
}

async function begin() {
  const examples = await (await fetch("/graphiql/examples")).json();
  const choose = (role) => {
    roleField.value = role;
    sessionStorage.setItem(ROLE, role);
    show(role, examples);
  };
  roleField.append(...ROLES.map((role) => new Option(role, role)));
  roleField.addEventListener("change", () => choose(roleField.value));
  document.getElementById("key-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    sessionStorage.setItem(KEY, keyField.value.trim());
    choose((await introduce()) || roleField.value);
  });
  keyField.value = sessionStorage.getItem(KEY) || "";
  const asked = new URLSearchParams(location.search).get("role");
  const known = await introduce();
  choose(ROLES.includes(asked) ? asked : known || sessionStorage.getItem(ROLE) || ROLES[0]);
}

begin();
