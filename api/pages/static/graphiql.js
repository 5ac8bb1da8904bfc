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
    return { errors: [{ message: "No access key. Enter one above; an administrator creates keys with `creatorgraph keys create`." }] };
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

// The schema is asked for only with a key that works: otherwise GraphiQL would open with an error.
// A query given as a property becomes the open tab; where nothing is stored yet, the first tab is the open one.
function show(role, examples, { known, wanted }) {
  const chosen = examples[role].find((example) => example.name === wanted);
  const tabs = chosen ? [chosen, ...examples[role].filter((example) => example !== chosen)] : examples[role];
  const ide = React.createElement(GraphiQL, {
    key: `${role} ${known}`,
    fetcher: ask,
    storage: drawer(role, tabs[0]),
    defaultTabs: tabs,
    ...(chosen ? { query: chosen.query, variables: chosen.variables } : {}),
    ...(known ? {} : { schema: null }),
    defaultEditorToolsVisibility: matchMedia("(min-width: 50rem)").matches && "variables",
    isHeadersEditorEnabled: false,
    shouldPersistHeaders: false,
  });
  root.render(ide);
}

// What GraphiQL leaves unnamed, or names wrongly, for those who do not see it: editors have no labels, and its tabs hold
// buttons, which the role of a tab does not allow.
const EDITORS = {
  ".graphiql-query-editor": "Query",
  ".graphiql-editor-tool": "Variables",
  ".result-window": "Response",
};

function name(part, label) {
  part.querySelector(".CodeMirror textarea")?.setAttribute("aria-label", label);
  part.querySelector(".CodeMirror-scroll")?.setAttribute("tabindex", "0");
  const editor = part.querySelector(".CodeMirror")?.CodeMirror;
  if (editor && !editor.getOption("lineWrapping") && matchMedia("(max-width: 50rem)").matches) {
    editor.setOption("lineWrapping", true);
  }
}

function explain() {
  for (const [part, label] of Object.entries(EDITORS)) {
    document.querySelectorAll(part).forEach((found) => name(found, label));
  }
  document.querySelector(".graphiql-tabs")?.setAttribute("role", "group");
  for (const tab of document.querySelectorAll(".graphiql-tabs > li")) {
    tab.setAttribute("role", "presentation");
    tab.removeAttribute("aria-selected");
    const current = String(tab.classList.contains("graphiql-tab-active"));
    tab.querySelector(".graphiql-tab-button")?.setAttribute("aria-current", current);
  }
}

function tell(text, mood) {
  who.textContent = text;
  who.className = mood;
}

// Returns the role of the key, or null where it has none.
async function introduce() {
  if (!sessionStorage.getItem(KEY)) {
    tell("Enter an access key to run queries.", "");
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
  const examples = fetch("/graphiql/examples").then((answer) => answer.json());
  const address = new URLSearchParams(location.search);
  let known = null;
  const choose = async (role, wanted) => {
    roleField.value = role;
    sessionStorage.setItem(ROLE, role);
    show(role, await examples, { known, wanted });
  };
  // The form works before the examples are there: a key that is sent meanwhile is not lost.
  roleField.append(...ROLES.map((role) => new Option(role, role)));
  roleField.addEventListener("change", () => choose(roleField.value));
  document.getElementById("key-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    sessionStorage.setItem(KEY, keyField.value.trim());
    known = await introduce();
    choose(address.has("example") ? roleField.value : known || roleField.value, address.get("example"));
  });
  // Until here the form could not be sent, which would have reloaded the page; what was typed meanwhile stays.
  document.querySelector("#key-form button").disabled = false;
  keyField.value ||= sessionStorage.getItem(KEY) || "";
  known = await introduce();
  const asked = address.get("role");
  choose(ROLES.includes(asked) ? asked : known || sessionStorage.getItem(ROLE) || ROLES[0], address.get("example"));
}

new MutationObserver(explain).observe(document.getElementById("ide"), {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["class"],
});
begin();
