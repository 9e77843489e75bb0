package io.github.qqoauth2.demo.sms;

import java.io.Serializable;

/**
 * The result of a request for a code. It is serializable, because without JavaScript it
 * is kept in the session until the next page.
 *
 * @param sent whether a code was sent
 * @param seconds the seconds until the next code can be requested
 * @param message the message for the visitor
 */
public record SmsCodeResponse(boolean sent, long seconds, String message) implements Serializable {

}
