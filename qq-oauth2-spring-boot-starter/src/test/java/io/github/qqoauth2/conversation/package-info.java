/**
 * Conversations between a browser, an application and the QQ simulator, over HTTP. They
 * use nothing of Spring Boot's test support, so that the same classes run on Boot 4 and
 * Boot 3.
 */
@NullMarked
package io.github.qqoauth2.conversation;

import org.jspecify.annotations.NullMarked;
