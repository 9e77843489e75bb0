/**
 * HTTP conversations between a browser, an application and the QQ simulator. They do not
 * use the test support of Spring Boot, so that the same classes run on Boot 4 and Boot 3.
 */
@NullMarked
package io.github.qqoauth2.conversation;

import org.jspecify.annotations.NullMarked;
