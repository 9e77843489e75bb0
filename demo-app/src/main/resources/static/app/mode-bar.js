/* The switch between cookie mode and token mode. */
import { h } from "./vue.js";
import { state } from "./state.js";
import { t } from "./texts.js";
import { changeMode } from "./visitor.js";

const option = (mode) =>
  h("label", [
    h("input", {
      type: "radio",
      name: "mode",
      value: mode,
      checked: state.mode === mode,
      onChange: () => changeMode(mode),
    }),
    h("span", t(`app.mode.${mode}`)),
  ]);

export const ModeBar = () =>
  h("div", { class: "mode" }, [
    h("div", { class: "wide" }, [
      h("div", { class: "switch", role: "radiogroup", "aria-label": t("app.mode") }, [option("cookie"), option("token")]),
      h("p", { class: "quiet", "aria-live": "polite" }, t(`app.mode.${state.mode}.hint`)),
    ]),
  ]);
