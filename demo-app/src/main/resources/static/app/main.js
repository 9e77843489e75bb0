/* Starts the app and shows the page of the current route between header and footer. */
import { createApp, h } from "./vue.js";
import { shop } from "./addresses.js";
import { currentPath, follow } from "./router.js";
import { avatar } from "./pieces.js";
import { state } from "./state.js";
import { loadTexts, t } from "./texts.js";
import { loadVisitor } from "./visitor.js";
import { ModeBar } from "./mode-bar.js";
import { BookPage, BooksPage } from "./page-books.js";
import { BindPage } from "./page-bind.js";
import { CallbackPage } from "./page-callback.js";
import { LoginPage } from "./page-login.js";
import { MePage } from "./page-me.js";
import { WelcomePage } from "./page-welcome.js";

const PAGES = {
  "": BooksPage,
  login: LoginPage,
  callback: CallbackPage,
  bind: BindPage,
  welcome: WelcomePage,
  me: MePage,
};

const signInLink = () => h("a", { class: "button small", ...follow("login") }, t("nav.sign-in"));

const who = (person) =>
  h("a", { class: "who", title: t("nav.me"), ...follow("me") }, [
    avatar(person.name, person.avatarUrl),
    h("span", { class: "name" }, person.name),
  ]);

const header = (path) =>
  h("header", { class: "top" }, [
    h("div", { class: "wide bar" }, [
      h("a", { class: "brand", ...follow("") }, [
        h("img", { src: shop("assets/icon.svg"), alt: "", width: 30, height: 30 }),
        h("span", [h("strong", "Onepage"), h("small", t("site.tagline"))]),
      ]),
      h("nav", { "aria-label": t("site.nav") }, [
        h("a", follow(""), t("nav.books")),
        h("a", follow("me"), t("nav.me")),
      ]),
      state.person && who(state.person),
      !state.person && path !== "login" && signInLink(),
    ]),
    h(ModeBar),
  ]);

const footer = () =>
  h("footer", { class: "wide" }, [
    h("span", t("footer.text")),
    " ",
    h("a", { href: shop("outbox"), target: "_blank", rel: "noopener" }, t("outbox.title")),
    " · ",
    h("a", { href: shop("") }, t("app.server-pages")),
  ]);

const App = () => {
  const path = currentPath();
  const book = path.match(/^books\/(\d+)$/);
  const key = path + state.visit;
  const content = book ? h(BookPage, { id: Number(book[1]), key }) : h(PAGES[path] ?? BooksPage, { key });
  return [
    h("a", { class: "skip", href: "#main" }, t("site.skip")),
    header(path),
    h("main", { id: "main", class: book || !path ? "wide" : "narrow" }, content),
    footer(),
  ];
};

await loadTexts();
await loadVisitor();
createApp(App).mount("#app");
