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

import io.github.qqoauth2.bind.BoundAccounts.BoundAccount;

/**
 * Creates the stores for logins in progress: in sessions, and in tickets for chains that
 * have none.
 */
final class LoginStores {

	private final BoundAccounts accounts;

	private final Duration timeout;

	private final Clock clock;

	private final @Nullable TicketCipher tickets;

	private final PendingBindingRepository inSessions;

	private final @Nullable PendingBindingRepository inTickets;

	private final AccountProofRepository proofsInSessions;

	private final @Nullable AccountProofRepository proofsInTickets;

	private volatile boolean chain;

	private volatile boolean stateless;

	private volatile boolean lacksKey;

	private volatile boolean tls;

	LoginStores(BoundAccounts accounts, @Nullable String ticketKey, Duration timeout, Clock clock) {
		this.accounts = accounts;
		this.timeout = timeout;
		this.clock = clock;
		this.tickets = (ticketKey != null) ? new TicketCipher(ticketKey) : null;
		this.inSessions = new PendingBindingRepository(new HttpSessionLoginStore(PendingBindingRepository.ATTRIBUTE),
				(pending) -> false, timeout, clock);
		this.inTickets = (this.tickets != null)
				? new PendingBindingRepository(ticket("qq-pending"), this::isUsedUp, timeout, clock) : null;
		this.proofsInSessions = new AccountProofRepository(new HttpSessionLoginStore(AccountProofRepository.ATTRIBUTE),
				clock);
		this.proofsInTickets = (this.tickets != null) ? new AccountProofRepository(ticket("qq-proof"), clock) : null;
	}

	/**
	 * Returns whether there is a key for tickets, which chains without sessions need.
	 */
	boolean hasTicketKey() {
		return this.tickets != null;
	}

	/**
	 * Registers a chain that has a login. If QQ redirects to an {@code https} address,
	 * the browsers use TLS, even where a proxy makes requests look like plain HTTP.
	 */
	void addChain(String redirectUri, boolean stateless) {
		this.chain = true;
		this.stateless = this.stateless || stateless;
		this.tls = this.tls || redirectUri.startsWith("https:");
		this.lacksKey = this.lacksKey || (stateless && !hasTicketKey());
	}

	/**
	 * Returns whether a chain is registered.
	 */
	boolean hasChain() {
		return this.chain;
	}

	/**
	 * Returns whether a registered chain needs tickets and there is no key for them.
	 */
	boolean isLackingKey() {
		return this.lacksKey;
	}

	PendingBindingRepository pendingBindings(boolean stateless) {
		return stateless ? Objects.requireNonNull(this.inTickets) : this.inSessions;
	}

	LoginErrorRepository errors(boolean stateless) {
		return new LoginErrorRepository(
				stateless ? ticket("qq-error") : new HttpSessionLoginStore(LoginErrorRepository.ATTRIBUTE));
	}

	/**
	 * Returns the store for a chain's authorization requests of {@code qq}.
	 * @param own the repository that the application has set, if any
	 */
	AuthorizationRequestStore authorizationRequests(boolean stateless,
			@Nullable AuthorizationRequestRepository<OAuth2AuthorizationRequest> own) {
		if (stateless) {
			return new TicketAuthorizationRequestStore(ticket("qq-authorization"), this.timeout, this.clock);
		}
		return (own != null) ? new ApplicationAuthorizationRequestStore(own)
				: new SessionAuthorizationRequestStore(this.clock);
	}

	private LoginStore ticket(String kind) {
		return new TicketLoginStore(Objects.requireNonNull(this.tickets), kind, this.timeout, () -> this.tls);
	}

	/**
	 * Returns the pending binding of this browser, from whichever chain.
	 */
	@Nullable PendingBinding pending(HttpServletRequest request) {
		PendingBinding pending = this.inSessions.load(request);
		return (pending == null && this.inTickets != null) ? this.inTickets.load(request) : pending;
	}

	AccountProofRepository proofs(boolean stateless) {
		return stateless ? Objects.requireNonNull(this.proofsInTickets) : this.proofsInSessions;
	}

	/**
	 * Records that an account has just been authenticated: in the session, if there is
	 * one, and in a ticket, if a chain has no sessions.
	 */
	void accountProved(HttpServletRequest request, HttpServletResponse response, String account) {
		this.proofsInSessions.add(request, response, account);
		if (this.proofsInTickets != null && this.stateless) {
			this.proofsInTickets.add(request, response, account);
		}
	}

	/**
	 * Returns whether a ticket is used up because its QQ identity has been bound. A
	 * binding that its confirmation would move does not count. If the database fails, the
	 * ticket remains valid; the binding's unique key decides later.
	 */
	private boolean isUsedUp(PendingBinding pending) {
		try {
			BoundAccount bound = this.accounts.find(pending.identity());
			String moveTo = pending.moveTo();
			boolean moves = bound != null && moveTo != null && !bound.binding().account().equals(moveTo);
			return bound != null && !bound.binding().registered() && !moves;
		}
		catch (DataAccessException | TransactionException ex) {
			return false;
		}
	}

}
