package io.github.qqoauth2.jpa;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Methods that require a role or a kind of login.
 */
@Service
class Newsroom {

	@PreAuthorize("hasRole('USER')")
	String read() {
		return "read";
	}

	@PreAuthorize("hasRole('EDITOR')")
	String publish() {
		return "published";
	}

	@PreAuthorize("hasRole('USER') and isFullyAuthenticated()")
	String subscribe() {
		return "subscribed";
	}

}
