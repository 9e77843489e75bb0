package io.github.qqoauth2.jpa;

import org.springframework.context.event.EventListener;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;

/**
 * Loads, registers, renames and deletes members. The foreign key keeps the bindings in
 * step.
 */
@Service
class MemberService implements UserDetailsService, QqAccountRegistrar {

	/** A name that a listener refuses. */
	static final String VETOED = "vetoed";

	private final Members members;

	private final PasswordEncoder encoder;

	private final QqAccountBindings bindings;

	MemberService(Members members, PasswordEncoder encoder, QqAccountBindings bindings) {
		this.members = members;
		this.encoder = encoder;
		this.bindings = bindings;
	}

	@Override
	public UserDetails loadUserByUsername(String username) {
		return this.members.findByUsername(username).orElseThrow(() -> new UsernameNotFoundException("No such member"));
	}

	@Override
	public UserDetails register(QqRegistration registration) {
		return add(registration.username(), registration.password(), "USER");
	}

	@EventListener
	void on(QqAccountEvent event) {
		if (event.kind() == QqAccountEvent.Kind.REGISTERED && event.account().equals(VETOED)) {
			throw new IllegalStateException("This name is not available");
		}
	}

	Member add(String username, String password, String... roles) {
		return this.members.save(new Member(username, this.encoder.encode(password), roles));
	}

	@Transactional
	void rename(String username, String newUsername) {
		this.members.findByUsername(username).orElseThrow().setUsername(newUsername);
	}

	/**
	 * Also publishes the event of the new name.
	 */
	@Transactional
	boolean renameWithEvent(String username, String newUsername) {
		rename(username, newUsername);
		return this.bindings.rename(username, newUsername);
	}

	@Transactional
	void delete(String username) {
		this.members.delete(this.members.findByUsername(username).orElseThrow());
	}

}
