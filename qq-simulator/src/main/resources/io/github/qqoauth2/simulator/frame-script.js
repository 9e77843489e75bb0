
const main = document.querySelector("main");

const finish = (location) => parent.postMessage({ qqSimulator: "finished", location }, new URL(location).origin);

const show = (status) => {
  for (const part of main.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(status);
  }
};

const poll = async () => {
  const response = await fetch(main.dataset.status);
  const { status, location } = await response.json();
  show(status);
  if (location) {
    finish(location);
  } else if (status === "waiting" || status === "scanned") {
    setTimeout(poll, 500);
  }
};

if (main?.dataset.location) {
  finish(main.dataset.location);
} else if (main) {
  poll();
}
