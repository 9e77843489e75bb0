package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.client.QqClient;

/**
 * What all filter chains share of the QQ login. As a bean of this type it makes every
 * chain with {@code oauth2Login} take QQ in; without one the starter is inert.
 */
public final class QqLogin {

	/** The registration's id in {@code spring.security.oauth2.client.registration}. */
	public static final String REGISTRATION_ID = "qq";

	/** Where the bind page's form is posted to, and the bind page unless set. */
	public static final String BIND_PAGE = "/login/qq/bind";

	/**
	 * The request attribute that tells a bind page of the application what waits: a map
	 * of {@code nickname}, {@code avatarUrl}, {@code expiresAt}, {@code binding} and
	 * {@code error}, the first two and the last only where there is one.
	 */
	public static final String BINDING_ATTRIBUTE = "qqBinding";

	static final String ACCOUNT_PAGE = "/account/qq";

	static final String ERROR_PAGE = "/login/qq/error";

	static final String BINDING_PARAMETER = "binding";

	private final AtomicInteger chains = new AtomicInteger();

	private final QqClient client;

	private final QqAccountBindings bindings;

	private final QqAccountLoader accounts;

	private final QqMessages messages;

	private final Clock clock;

	private final String bindPage;

	private final PendingBindingRepository pendings;

	private final Duration profileMaxAge;

	private final QqPage page;

	private final LoginErrorRepository errors = new LoginErrorRepository();

	/**
	 * Puts the parts together.
	 * @param client what speaks to QQ
	 * @param bindings which QQ belongs to which account
	 * @param accounts loads the account that a binding names
	 * @param messages the application's messages, asked before ours
	 * @param locales the language of a visitor
	 * @param clock the time, and the zone that dates are shown in
	 * @param bindPage the path that a QQ without an account is sent to
	 * @param pendingTimeout how long such a QQ waits
	 * @param profileMaxAge how old a stored profile may be before a login fetches it
	 * again
	 * @param siteName the name that the pages show; {@code null} for none
	 */
	public QqLogin(QqClient client, QqAccountBindings bindings, QqAccountLoader accounts, MessageSource messages,
			Function<HttpServletRequest, Locale> locales, Clock clock, String bindPage, Duration pendingTimeout,
			Duration profileMaxAge, @Nullable String siteName) {
		this.client = client;
		this.bindings = bindings;
		this.accounts = accounts;
		this.messages = new QqMessages(messages, locales);
		this.clock = clock;
		this.bindPage = bindPage;
		this.pendings = new PendingBindingRepository(pendingTimeout, clock);
		this.profileMaxAge = profileMaxAge;
		this.page = new QqPage(siteName);
	}

	/**
	 * Whether any filter chain has {@code oauth2Login} and so takes QQ in. Known once the
	 * chains are built.
	 * @return {@code false} where a login by QQ cannot work
	 */
	public boolean isHookedIn() {
		return this.chains.get() > 0;
	}

	QqLoginParts partsFor(LoginChain chain, SignedIn signedIn) {
		this.chains.incrementAndGet();
		BindingDecision decision = new BindingDecision(this.bindings, this.accounts);
		QqErrorPage errorPage = new QqErrorPage(this.page, this.messages, this.errors, this.pendings, chain);
		QqOutcomeHandler outcomes = new QqOutcomeHandler(chain, this.pendings, this.errors, this.bindPage);
		return new QqLoginParts(chain, this.bindPage, this.client,
				new QqUserService(this.client, this.bindings, this.accounts, signedIn, this.profileMaxAge, this.clock),
				outcomes, new QqCallbackFilter(chain, signedIn, outcomes),
				new QqNothingPendingFilter(this.pendings, errorPage),
				new QqLoginPagesFilter(this.pendings, this.page, new QqBindPage(this.page, this.messages, chain),
						errorPage, this.bindPage),
				new QqBindAuthenticationFilter(chain, this.pendings, decision, this.errors, errorPage, this.bindPage),
				new QqAccountPageFilter(signedIn, this.pendings, this.bindings, decision,
						new QqAccountPage(this.page, this.messages, chain, this.clock), errorPage),
				this.errors, this.messages);
	}

	static boolean isAt(HttpServletRequest request, String path) {
		return request.getRequestURI().equals(request.getContextPath() + path);
	}

}
