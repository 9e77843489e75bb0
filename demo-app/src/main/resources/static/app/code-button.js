/* Requests a code by SMS and counts down to the next one. */
import { h, onUnmounted, reactive } from "./vue.js";
import { shop } from "./addresses.js";
import { postForm } from "./api.js";
import { t } from "./texts.js";

export function codeButton(form) {
  const sms = reactive({ seconds: 0, message: "", sent: false, busy: false });
  const clock = setInterval(() => (sms.seconds = Math.max(0, sms.seconds - 1)), 1000);
  onUnmounted(() => clearInterval(clock));

  async function ask() {
    sms.busy = true;
    try {
      Object.assign(sms, await postForm("bind/code", { mobile: form.mobile }));
    } catch {
      Object.assign(sms, { sent: false, message: t("sms.failed") });
    } finally {
      sms.busy = false;
    }
  }

  const button = () =>
    h(
      "button",
      { type: "button", class: "button plain", disabled: sms.busy || sms.seconds > 0, onClick: ask },
      sms.seconds > 0 ? t("sms.again", sms.seconds) : t("sms.send"),
    );

  const answer = () =>
    h("p", { id: "code-status", class: ["field-hint", sms.message && !sms.sent && "field-error"], role: "status" }, [
      h("span", sms.message),
      sms.sent && [" ", h("a", { href: shop("outbox"), target: "_blank", rel: "noopener" }, t("sms.outbox"))],
    ]);

  return { button, answer };
}
