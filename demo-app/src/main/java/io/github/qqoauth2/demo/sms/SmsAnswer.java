package io.github.qqoauth2.demo.sms;

import java.io.Serializable;

/**
 * What the browser is told after it asked for a code. Without script the session carries
 * it to the next page.
 *
 * @param sent whether it was sent
 * @param seconds how long to wait for the next one
 * @param message the sentence to show
 */
public record SmsAnswer(boolean sent, long seconds, String message) implements Serializable {

}
