package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqAuthorizedClients;
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
	 * of {@code binding} and {@code expiresAt}; {@code nickname}, {@code avatarUrl},
	 * {@code next} and {@code error} where there is one; and after a registration that
	 * will not do {@code values} and {@code errors}, two maps by the names of the fields.
	 */
	public static final String BINDING_ATTRIBUTE = "qqBinding";

	/** Where the bind page's form "I am new" is posted to. */
	public static final String REGISTER_PAGE = "/login/qq/register";

	static final String ACCOUNT_PAGE = "/account/qq";

	static final String LINK = ACCOUNT_PAGE + "/link";

	static final String UNLINK = ACCOUNT_PAGE + "/unlink";

	static final String ERROR_PAGE = "/login/qq/error";

	static final String BINDING_PARAMETER = "binding";

	static final String FROM_PARAMETER = "from";

	private final AtomicInteger chains = new AtomicInteger();

	private final QqClient client;

	private final QqAccountBindings bindings;

	private final QqAccountLoader accounts;

	private final @Nullable RegistrationForm registration;

	private final @Nullable QqAuthorizedClients tokens;

	private final QqMessages messages;

	private final Clock clock;

	private final OutcomeCounter outcomes;

	private final Settings settings;

	private final PendingBindingRepository pendings;

	private final QqPage page;

	private final LoginErrorRepository errors = new LoginErrorRepository();

	/**
	 * Puts the parts together.
	 * @param client what speaks to QQ
	 * @param bindings which QQ belongs to which account
	 * @param accounts loads the account that a binding names
	 * @param registrar makes accounts for QQs that have none; {@code null} where they
	 * must have one already
	 * @param tokens keeps QQ's tokens; {@code null} where they are dropped
	 * @param messages the application's messages, asked before ours
	 * @param locales the language of a visitor
	 * @param clock the time, and the zone that dates are shown in
	 * @param outcomes told how each login and each binding ends, in one word of a closed
	 * set
	 * @param settings what the application's properties say
	 */
	public QqLogin(QqClient client, QqAccountBindings bindings, QqAccountLoader accounts,
			@Nullable QqAccountRegistrar registrar, @Nullable QqAuthorizedClients tokens, MessageSource messages,
			Function<HttpServletRequest, Locale> locales, Clock clock, Consumer<String> outcomes, Settings settings) {
		this.client = client;
		this.bindings = bindings;
		this.accounts = accounts;
		this.registration = (registrar != null) ? new RegistrationForm(registrar, bindings, accounts) : null;
		this.tokens = tokens;
		this.messages = new QqMessages(messages, locales);
		this.clock = clock;
		this.outcomes = outcomes::accept;
		this.settings = settings;
		this.pendings = new PendingBindingRepository(settings.pendingTimeout(), clock);
		this.page = new QqPage(settings.siteName());
	}

	/**
	 * Whether any filter chain has {@code oauth2Login} and so takes QQ in. Known once the
	 * chains are built.
	 * @return {@code false} where a login by QQ cannot work
	 */
	public boolean isHookedIn() {
		return this.chains.get() > 0;
	}

	/**
	 * The QQ that waits in a visitor's session, for a reminder on a page of the
	 * application.
	 * @param request the visitor's request
	 * @return what {@link #BINDING_ATTRIBUTE} holds on a bind page, or {@code null} where
	 * none waits
	 */
	public @Nullable Map<String, Object> pendingBinding(HttpServletRequest request) {
		PendingBinding pending = this.pendings.load(request);
		return (pending != null) ? PendingBindingModel.of(pending) : null;
	}

	/**
	 * The repository of a chain or of the whole application, without QQ's tokens in it.
	 * @param others where the tokens of all other providers are kept, as before
	 * @param kept where QQ's are kept, if anywhere
	 * @return a repository in front of it
	 */
	public static OAuth2AuthorizedClientRepository authorizedClientRepository(OAuth2AuthorizedClientRepository others,
			ObjectProvider<QqAuthorizedClients> kept) {
		return new QqAuthorizedClientRepository(others, kept);
	}

	QqLoginParts partsFor(LoginChain chain, SignedIn signedIn, OtherSessions otherSessions) {
		this.chains.incrementAndGet();
		BindingDecision decision = new BindingDecision(this.bindings, this.accounts, this.outcomes);
		QqErrorPage errorPage = new QqErrorPage(this.page, this.messages, this.errors, this.pendings, chain);
		QqOutcomeHandler outcomeHandler = new QqOutcomeHandler(chain, this.pendings, this.errors, this.outcomes,
				this.settings.bindPage());
		QqAccountPage accountPage = new QqAccountPage(this.page, this.messages, this.clock);
		AccountPassword password = new AccountPassword();
		Confirmation confirmation = new Confirmation(signedIn, this.pendings, decision, password, otherSessions,
				accountPage, errorPage);
		return new QqLoginParts(chain, this.settings.bindPage(), this.client, userService(signedIn), outcomeHandler,
				new QqCallbackFilter(chain, signedIn, outcomeHandler),
				new QqNothingPendingFilter(this.pendings, errorPage),
				new QqLoginPagesFilter(this.pendings, this.page,
						new QqBindPage(this.page, this.messages, chain, this.registration), errorPage,
						this.settings.bindPage()),
				new QqBindAuthenticationFilter(
						chain, this.pendings, decision, this.errors, errorPage, this.settings.bindPage()),
				registerFilter(chain, errorPage),
				new QqAccountPageFilter(signedIn, chain, this.pendings, this.bindings, confirmation, password,
						otherSessions, accountPage, errorPage, this.outcomes),
				password, this.errors, this.messages, this.outcomes);
	}

	private QqUserService userService(SignedIn signedIn) {
		return new QqUserService(this.client, this.bindings, this.accounts,
				this.settings.autoRegister() ? this.registration : null, this.tokens, signedIn,
				this.settings.profileMaxAge(), this.clock);
	}

	private @Nullable QqRegisterAuthenticationFilter registerFilter(LoginChain chain, QqErrorPage errorPage) {
		return (this.registration != null) ? new QqRegisterAuthenticationFilter(chain, this.pendings, this.registration,
				this.errors, errorPage, this.outcomes, this.settings.bindPage()) : null;
	}

	static boolean isAt(HttpServletRequest request, String path) {
		return request.getRequestURI().equals(request.getContextPath() + path);
	}

	/**
	 * What the application's properties say of its QQ login.
	 *
	 * @param bindPage the path that a QQ without an account is sent to
	 * @param pendingTimeout how long such a QQ waits
	 * @param profileMaxAge how old a stored profile may be before a login fetches it
	 * again
	 * @param autoRegister whether a QQ without an account gets one without being asked
	 * @param siteName the name that the pages show; {@code null} for none
	 */
	public record Settings(String bindPage, Duration pendingTimeout, Duration profileMaxAge, boolean autoRegister,
			@Nullable String siteName) {

	}

}
