package io.github.qqoauth2.demo.account;

import java.time.Clock;
import java.time.OffsetDateTime;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Inserts the demo accounts before the first request if the table is empty.
 */
@Component
final class DemoAccountSeeder implements SmartInitializingSingleton {

	private final AccountRepository accounts;

	private final DemoAccountsProperties properties;

	private final PasswordEncoder passwords;

	private final Clock clock;

	DemoAccountSeeder(AccountRepository accounts, DemoAccountsProperties properties, PasswordEncoder passwords,
			Clock clock) {
		this.accounts = accounts;
		this.properties = properties;
		this.passwords = passwords;
		this.clock = clock;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.accounts.count() == 0) {
			this.accounts.saveAll(this.properties.accounts().stream().map(this::account).toList());
		}
	}

	private Account account(DemoAccountsProperties.DemoAccount demo) {
		return new Account(null, demo.username(), this.passwords.encode(demo.password()), true, demo.nickname(),
				demo.mobile(), demo.email(), demo.locked(), OffsetDateTime.now(this.clock));
	}

}
