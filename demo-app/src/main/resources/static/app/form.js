/* What all forms have in common: sent once at a time, refused in place. */
import { nextTick, reactive } from "./vue.js";
import { look } from "./visitor.js";

const WRONG_PASSWORD = ["credentials", "wrong-password"];

/** After these the next try may need the picture. */
const GUESSED = [...WRONG_PASSWORD, "captcha", "invalid-registration"];

/**
 * @param values what is typed in at first
 * @param send sends the form, and throws a Problem where it is refused
 * @param giveUp told of a problem after which the form is of no use; says whether it was one
 */
export function useForm(values, send, giveUp = () => false) {
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
      await refuse(problem, event.target);
    } finally {
      form.busy = false;
    }
  }

  async function refuse(problem, element) {
    if (!problem.code) {
      throw problem;
    }
    if (giveUp(problem)) {
      return;
    }
    problem.errors.forEach(({ field, detail }) => (form.errors[field] ??= detail));
    form.alert = problem.errors.length ? null : problem.detail;
    form.captcha = "";
    if (WRONG_PASSWORD.includes(problem.code)) {
      form.password = "";
    }
    if (GUESSED.includes(problem.code)) {
      await look();
    }
    await nextTick();
    const wrong = problem.code === "captcha" ? "[name=captcha]" : "[aria-invalid], [type=password]";
    element.querySelector(wrong)?.focus();
  }

  return { form, submit };
}
