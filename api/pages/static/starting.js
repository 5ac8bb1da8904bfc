// Shows how far the start is, and loads the page again once the service is there.
"use strict";

const SECONDS = 2;
const stage = document.getElementById("stage");

async function look() {
  try {
    const found = await (await fetch("/readyz")).json();
    if (found.status !== "starting") {
      location.reload();
      return;
    }
    stage.textContent = found.checks[0].detail;
  } catch {
    stage.textContent = "The service is not responding.";
  }
  setTimeout(look, SECONDS * 1000);
}

setTimeout(look, SECONDS * 1000);
