package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.client.QqIdentity;

/**
 * Where logins under way are kept: in sessions, and in tickets for chains that have none.
 */
final class LoginStates {

	private final QqAccountBindings bindings;

	private final QqAccountLoader accounts;

	private final Duration timeout;

	private final Clock clock;

	private final @Nullable TicketCipher tickets;

	private final PendingBindingRepository inSessions;

	private final @Nullable PendingBindingRepository inTickets;

	private volatile boolean lacksKey;

	private volatile boolean tls;

	LoginStates(QqAccountBindings bindings, QqAccountLoader accounts, @Nullable String ticketKey, Duration timeout,
			Clock clock) {
		this.bindings = bindings;
		this.accounts = accounts;
		this.timeout = timeout;
		this.clock = clock;
		this.tickets = (ticketKey != null) ? new TicketCipher(ticketKey) : null;
		this.inSessions = new PendingBindingRepository(new SessionState(PendingBindingRepository.ATTRIBUTE),
				(identity) -> false, timeout, clock);
		this.inTickets = (this.tickets != null)
				? new PendingBindingRepository(ticket("qq-pending"), this::isUsedUp, timeout, clock) : null;
	}

	/**
	 * Whether a chain without sessions can have a login.
	 */
	boolean canDoWithoutSessions() {
		this.lacksKey = this.tickets == null;
		return !this.lacksKey;
	}

	/**
	 * Where QQ returns by TLS, browsers come by TLS, whatever a proxy makes of it.
	 */
	void returnsTo(String redirectUri) {
		this.tls = this.tls || redirectUri.startsWith("https:");
	}

	/**
	 * Whether a chain wanted tickets, and there is no key for them.
	 */
	boolean isLackingKey() {
		return this.lacksKey;
	}

	PendingBindingRepository pendings(LoginChain chain) {
		return chain.isStateless() ? Objects.requireNonNull(this.inTickets) : this.inSessions;
	}

	LoginErrorRepository errors(LoginChain chain) {
		return new LoginErrorRepository(
				chain.isStateless() ? ticket("qq-error") : new SessionState(LoginErrorRepository.ATTRIBUTE));
	}

	AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests(
			AuthorizationRequestRepository<OAuth2AuthorizationRequest> others) {
		return new TicketAuthorizationRequestRepository(others, ticket("qq-authorization"), this.timeout, this.clock);
	}

	private LoginState ticket(String kind) {
		return new TicketState(Objects.requireNonNull(this.tickets), kind, this.timeout, () -> this.tls);
	}

	/**
	 * The identity that waits in this browser, whichever chain it came through.
	 */
	@Nullable PendingBinding pending(HttpServletRequest request) {
		PendingBinding pending = this.inSessions.load(request);
		return (pending == null && this.inTickets != null) ? this.inTickets.load(request) : pending;
	}

	/**
	 * Notes in the ticket that an account has been proved since. A session needs no note.
	 */
	void accountProved(HttpServletRequest request, HttpServletResponse response, String account) {
		PendingBinding pending = (this.inTickets != null) ? this.inTickets.load(request) : null;
		if (this.inTickets != null && pending != null) {
			this.inTickets.save(request, response, pending.withProof(account));
		}
	}

	/**
	 * A ticket is used up when its QQ is bound, unless automatic registration did that,
	 * whose binding can move. What cannot be told now the database decides later.
	 */
	private boolean isUsedUp(QqIdentity identity) {
		try {
			QqAccountBinding binding = this.bindings.find(identity);
			return binding != null && !binding.registered() && this.accounts.loadAccount(binding.account()) != null;
		}
		catch (DataAccessException | TransactionException ex) {
			return false;
		}
	}

}
