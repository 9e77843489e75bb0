/* Messages in the language of the browser, loaded from the server's bundle. */
import { shop } from "./addresses.js";

export const language = document.documentElement.lang;

let texts = {};

export async function loadTexts() {
  const response = await fetch(shop("app/api/texts"));
  texts = await response.json();
}

export function t(key, ...values) {
  return (texts[key] ?? key).replace(/\{(\d)\}/g, (whole, number) => values[number] ?? whole);
}

const dayFormat = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long" });

export const day = (time) => dayFormat.format(new Date(time));

/** Formats a date, or returns the word for today. */
export const dayOrToday = (time) => (day(time) === day(Date.now()) ? t("app.today") : day(time));
