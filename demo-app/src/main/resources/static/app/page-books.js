/* What everybody may see: the table of books, and one of them. */
import { h, shallowRef } from "./vue.js";
import { page, shop } from "./addresses.js";
import { get } from "./api.js";
import { heading, title } from "./pieces.js";
import { follow } from "./router.js";
import { state } from "./state.js";
import { t } from "./texts.js";

const books = shallowRef([]);

async function load() {
  if (!books.value.length) {
    books.value = await get("app/api/books");
  }
}

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
    load();
    return () => [
      hero(),
      h("h2", t("home.books")),
      h(
        "ul",
        { class: "books" },
        books.value.map((book) =>
          h("li", { key: book.id }, [
            h("a", follow(`books/${book.id}`), [cover(book), h("strong", book.title), h("span", { class: "quiet" }, book.author)]),
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
    load();
    const wanted = () => `login?next=${encodeURIComponent(page(`books/${props.id}`))}`;
    const action = () =>
      state.person
        ? h("a", { class: "button", href: shop(`books/${props.id}`) }, t("app.book.notes"))
        : h("a", { class: "button", ...follow(wanted()) }, t("book.notes.sign-in.button"));
    return () =>
      book() && [
        h("p", { class: "crumb" }, h("a", follow(""), t("book.back"))),
        h("section", { class: "book" }, [
          cover(book()),
          h("div", [
            heading(book().title),
            h("p", { class: "quiet" }, book().author),
            h("p", { class: "summary" }, book().summary),
            (!state.person || state.mode === "cookie") && action(),
          ]),
        ]),
      ];
  },
};
