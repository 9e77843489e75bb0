/**
 * The starter's finished jar, looked at from the class path of Spring Boot 3.
 */
@NullMarked
package io.github.qqoauth2.boot3;

import org.jspecify.annotations.NullMarked;
