/* The list of books, the page of a book, and the reading list. */
import { h, shallowRef } from "./vue.js";
import { page } from "./addresses.js";
import { get, post } from "./api.js";
import { alert, heading, title } from "./pieces.js";
import { follow } from "./router.js";
import { state } from "./state.js";
import { t } from "./texts.js";

const books = shallowRef([]);
const listed = shallowRef([]);

async function load() {
  if (!books.value.length) {
    books.value = await get("app/api/books");
  }
  listed.value = state.person ? await get("shelf") : [];
}

async function setListed(id, value) {
  await post(`books/${id}/list`, { listed: value });
  await load();
}

const problem = shallowRef(null);

/** Runs an action and shows its error. */
const attempt = (action) => {
  problem.value = null;
  action.catch(({ detail }) => (problem.value = detail));
};

const isListed = (id) => listed.value.includes(id);

const cover = (book) =>
  h("span", { class: ["cover", book.tone], "aria-hidden": "true" }, [
    h("span", { class: "cover-title" }, book.title),
    h("span", { class: "cover-author" }, book.author),
  ]);

const hero = () =>
  h("section", { class: "hero" }, [
    heading(state.person ? t("home.welcome", state.person.name) : t("home.heading")),
    h("p", state.person ? t("home.welcome.lead") : t("home.lead")),
  ]);

export const BooksPage = {
  setup() {
    title(() => t("home.title"));
    attempt(load());
    return () => [
      hero(),
      alert(problem.value),
      h("h2", t("home.books")),
      h(
        "ul",
        { class: "books" },
        books.value.map((book) =>
          h("li", { key: book.id }, [
            h("a", follow(`books/${book.id}`), [
              cover(book),
              h("strong", book.title),
              h("span", { class: "quiet" }, book.author),
            ]),
            isListed(book.id) && h("span", { class: "quiet tick" }, t("book.list.listed")),
          ]),
        ),
      ),
    ];
  },
};

export const BookPage = {
  props: { id: Number },
  setup(props) {
    const book = () => books.value.find(({ id }) => id === props.id);
    title(() => book()?.title ?? t("home.title"));
    attempt(load());
    const loginRoute = () => `login?next=${encodeURIComponent(page(`books/${props.id}`))}`;
    const button = (key, value, style) =>
      h(
        "button",
        { type: "button", class: ["button", style], onClick: () => attempt(setListed(props.id, value)) },
        t(key),
      );
    const signIn = () => h("a", { class: "button", ...follow(loginRoute()) }, t("book.list.sign-in"));
    const list = () =>
      isListed(props.id)
        ? [h("span", { class: "quiet tick" }, t("book.list.listed")), button("book.list.remove", false, "plain")]
        : button("book.list.add", true);
    return () =>
      book() && [
        h("p", { class: "crumb" }, h("a", follow(""), t("book.back"))),
        h("section", { class: "book" }, [
          cover(book()),
          h("div", [
            heading(book().title),
            alert(problem.value),
            h("p", { class: "quiet" }, book().author),
            h("p", { class: "summary" }, book().summary),
            h("p", { class: "row" }, state.person ? list() : signIn()),
          ]),
        ]),
      ];
  },
};
