package io.github.qqoauth2.demo.account;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.demo.outbox.Outbox;
import io.github.qqoauth2.demo.outbox.ShopAddress;

/**
 * Notifies the owner of an account when a QQ identity is linked, unlinked or moved, in
 * the language of the request that did it. A move notifies the owners of both accounts.
 * Nothing is sent for a change that was rolled back.
 */
@Component
final class BindingNotices {

	private static final String ACCOUNT_PAGE = "/account/qq";

	private final AccountRepository accounts;

	private final Outbox outbox;

	private final MessageSource messages;

	private final ShopAddress address;

	BindingNotices(AccountRepository accounts, Outbox outbox, MessageSource messages, ShopAddress address) {
		this.accounts = accounts;
		this.outbox = outbox;
		this.messages = messages;
		this.address = address;
	}

	@TransactionalEventListener
	void on(QqAccountEvent event) {
		String key = key(event);
		if (key != null) {
			this.accounts.findByUsername(event.account())
				.ifPresent((account) -> send(account,
						this.messages.getMessage(key, null, LocaleContextHolder.getLocale())));
		}
	}

	private static @Nullable String key(QqAccountEvent event) {
		return switch (event.kind()) {
			case BOUND -> "notice.linked";
			case MOVED -> "notice.moved";
			case UNBOUND -> (event.otherAccount() != null) ? "notice.moved-away" : "notice.unlinked";
			default -> null;
		};
	}

	/**
	 * Sends a text message, or a mail to an account without a mobile number. An account
	 * with neither was made by QQ alone and cannot be reached.
	 */
	private void send(Account account, String text) {
		if (account.mobile() != null) {
			this.outbox.sms(account.mobile(), text);
		}
		else if (account.email() != null) {
			this.outbox.mail(account.email(), text, this.address.of(ACCOUNT_PAGE));
		}
	}

}
