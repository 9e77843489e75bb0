package io.github.qqoauth2.ruoyilike;

import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns the application's exceptions into responses.
 */
@RestControllerAdvice
class ServiceExceptions {

	@ExceptionHandler
	Result handle(ServiceException ex) {
		return new Result(ex.code(), ex.getMessage(), null);
	}

}
