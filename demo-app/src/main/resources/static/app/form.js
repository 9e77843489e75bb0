/* Shared by all forms: prevents concurrent submissions and shows errors in the form. */
import { nextTick, reactive } from "./vue.js";
import { loadVisitor } from "./visitor.js";

const WRONG_PASSWORD = ["credentials", "wrong-password"];

/** After these errors the next attempt may require a captcha. */
const MAY_REQUIRE_CAPTCHA = [...WRONG_PASSWORD, "captcha", "invalid-registration"];

/**
 * @param values the initial values
 * @param send sends the form and throws a Problem if the server rejects it
 * @param onFatal is called with each problem; returns true if the form can no longer be used
 */
export function useForm(values, send, onFatal = () => false) {
  const form = reactive({ remember: false, captcha: "", ...values, errors: {}, alert: null, busy: false });

  async function submit(event) {
    event.preventDefault();
    if (form.busy) {
      return;
    }
    Object.assign(form, { busy: true, alert: null, errors: {} });
    try {
      await send(form);
    } catch (problem) {
      await showProblem(problem, event.target);
    } finally {
      form.busy = false;
    }
  }

  async function showProblem(problem, element) {
    if (!problem.code) {
      throw problem;
    }
    if (onFatal(problem)) {
      return;
    }
    problem.errors.forEach(({ field, detail }) => (form.errors[field] ??= detail));
    form.alert = problem.errors.length ? null : problem.detail;
    form.captcha = "";
    if (WRONG_PASSWORD.includes(problem.code)) {
      form.password = "";
    }
    if (MAY_REQUIRE_CAPTCHA.includes(problem.code)) {
      await loadVisitor();
    }
    await nextTick();
    const wrong = problem.code === "captcha" ? "[name=captcha]" : "[aria-invalid], [type=password]";
    element.querySelector(wrong)?.focus();
  }

  return { form, submit };
}
