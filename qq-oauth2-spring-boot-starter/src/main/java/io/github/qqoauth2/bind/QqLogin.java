package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.client.QqClient;

/**
 * What all filter chains share of the QQ login. As a bean of this type it makes every
 * chain with {@code oauth2Login} take QQ in; without one the starter is inert.
 */
public final class QqLogin {

	/** The registration's id in {@code spring.security.oauth2.client.registration}. */
	public static final String REGISTRATION_ID = LoginPaths.REGISTRATION_ID;

	/** Where the bind page's form is posted to, and the bind page unless set. */
	public static final String BIND_PAGE = LoginPaths.BIND_PAGE;

	/**
	 * The request attribute that tells a bind page of the application what waits: a map
	 * of {@code binding} and {@code expiresAt}; {@code nickname}, {@code avatarUrl},
	 * {@code next} and {@code error} where there is one; and after a registration that
	 * will not do {@code values} and {@code errors}, two maps by the names of the fields.
	 */
	public static final String BINDING_ATTRIBUTE = LoginPaths.BINDING_ATTRIBUTE;

	/**
	 * The request attribute that tells a success or failure handler of the application,
	 * when a front end wants JSON, what it would be told without that handler: a map with
	 * the members of {@code Account} or {@code Problem} of the API.
	 */
	public static final String ANSWER_ATTRIBUTE = LoginPaths.ANSWER_ATTRIBUTE;

	/** Where the bind page's form "I am new" is posted to. */
	public static final String REGISTER_PAGE = LoginPaths.REGISTER_PAGE;

	private final AtomicInteger chains = new AtomicInteger();

	private final QqClient client;

	private final QqAccountBindings bindings;

	private final QqAccountLoader accounts;

	private final @Nullable RegistrationForm registration;

	private final @Nullable QqAuthorizedClients tokens;

	private final @Nullable QqTokenIssuer tokenIssuer;

	private final QqMessages messages;

	private final Clock clock;

	private final OutcomeCounter outcomes;

	private final Settings settings;

	private final LoginStates states;

	private final QqPage page;

	/**
	 * Puts the parts together.
	 * @param client what speaks to QQ
	 * @param bindings which QQ belongs to which account
	 * @param accounts loads the account that a binding names
	 * @param registrar makes accounts for QQs that have none; {@code null} where they
	 * must have one already
	 * @param tokens keeps QQ's tokens; {@code null} where they are dropped
	 * @param tokenIssuer issues the site's own token to front ends; {@code null} where
	 * they have a session, or none
	 * @param messages the application's messages, asked before ours
	 * @param locales the language of a visitor
	 * @param clock the time, and the zone that dates are shown in
	 * @param outcomes told how each login and each binding ends, in one word of a closed
	 * set
	 * @param settings what the application's properties say
	 */
	public QqLogin(QqClient client, QqAccountBindings bindings, QqAccountLoader accounts,
			@Nullable QqAccountRegistrar registrar, @Nullable QqAuthorizedClients tokens,
			@Nullable QqTokenIssuer tokenIssuer, MessageSource messages, Function<HttpServletRequest, Locale> locales,
			Clock clock, Consumer<String> outcomes, Settings settings) {
		this.client = client;
		this.bindings = bindings;
		this.accounts = accounts;
		this.registration = (registrar != null) ? new RegistrationForm(registrar, bindings, accounts) : null;
		this.tokens = tokens;
		this.tokenIssuer = tokenIssuer;
		this.messages = new QqMessages(messages, locales);
		this.clock = clock;
		this.outcomes = outcomes::accept;
		this.settings = settings;
		this.states = new LoginStates(bindings, accounts, settings.ticketKey(), settings.pendingTimeout(), clock);
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
	 * Whether a filter chain with {@code oauth2Login} has no sessions, and there is no
	 * key for the tickets that it would need instead. Known once the chains are built.
	 * @return {@code true} where a login by QQ cannot work
	 */
	public boolean isLackingTicketKey() {
		return this.states.isLackingKey();
	}

	/**
	 * The QQ that waits in a visitor's browser, for a reminder on a page of the
	 * application.
	 * @param request the visitor's request
	 * @return what {@link #BINDING_ATTRIBUTE} holds on a bind page, or {@code null} where
	 * none waits
	 */
	public @Nullable Map<String, Object> pendingBinding(HttpServletRequest request) {
		PendingBinding pending = this.states.pending(request);
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

	/**
	 * Says that an account has been proved in this browser just now, by a login that no
	 * session tells of: the QQ that waits here may then be confirmed without the
	 * account's password. To be called by a login of the application's own that hands out
	 * a token, once it has succeeded and before its answer goes out. Does nothing where
	 * no QQ waits.
	 * @param request the login's request
	 * @param response its response
	 * @param account the account's name, as it will be the token's
	 */
	public void accountProved(HttpServletRequest request, HttpServletResponse response, String account) {
		this.states.accountProved(request, response, account);
	}

	LoginStates states() {
		return this.states;
	}

	QqLoginParts partsFor(LoginChain chain, SignedIn signedIn, OtherSessions otherSessions) {
		this.chains.incrementAndGet();
		BindingDecision decision = new BindingDecision(chain.isStateless(), signedIn, this.bindings, this.accounts,
				this.outcomes);
		PendingBindingRepository pendings = this.states.pendings(chain);
		LoginErrorRepository errors = this.states.errors(chain);
		boolean hasBindForm = !this.settings.bindPage().equals(chain.loginPage());
		RegistrationForm registration = hasBindForm ? this.registration : null;
		ApiModels models = new ApiModels(this.bindings, decision, pendings, registration, this.tokenIssuer,
				this.messages, this.clock);
		Answers answers = new Answers(new Answers.Pages(chain, this.settings.bindPage(),
				new QqBindPage(this.page, this.messages, chain, registration),
				new QqAccountPage(this.bindings, this.page, this.messages, this.clock),
				new QqErrorPage(this.page, this.messages, chain), errors), models, pendings);
		QqOutcomeHandler outcomeHandler = new QqOutcomeHandler(chain, signedIn, pendings, answers, this.outcomes);
		AccountPassword password = new AccountPassword();
		Confirmation confirmation = new Confirmation(pendings, decision, password, otherSessions, answers);
		return new QqLoginParts(chain, hasBindForm, this.client, userService(signedIn), outcomeHandler,
				new QqCallbackFilter(chain, signedIn, outcomeHandler), new QqNothingPendingFilter(pendings, answers),
				new QqLoginPagesFilter(pendings, this.page, answers, errors, this.settings.bindPage()),
				new QqBindAuthenticationFilter(chain, pendings, decision, answers),
				registerFilter(chain, pendings, registration, answers),
				new QqAccountPageFilter(signedIn, pendings, this.bindings, confirmation, password, otherSessions,
						answers, this.outcomes),
				password, new QqApiFilter(chain, answers), answers, models, errors, this.messages, this.outcomes);
	}

	private QqUserService userService(SignedIn signedIn) {
		return new QqUserService(this.client, this.bindings, this.accounts,
				this.settings.autoRegister() ? this.registration : null, this.tokens, signedIn,
				this.settings.profileMaxAge(), this.clock);
	}

	private @Nullable QqRegisterAuthenticationFilter registerFilter(LoginChain chain, PendingBindingRepository pendings,
			@Nullable RegistrationForm registration, Answers answers) {
		return (registration != null)
				? new QqRegisterAuthenticationFilter(chain, pendings, registration, answers, this.outcomes) : null;
	}

	/**
	 * What the application's properties say of its QQ login.
	 *
	 * @param bindPage the path that a QQ without an account is sent to
	 * @param pendingTimeout how long such a QQ waits
	 * @param profileMaxAge how old a stored profile may be before a login fetches it
	 * again
	 * @param autoRegister whether a QQ without an account gets one without being asked
	 * @param ticketKey the key of 32 bytes, in Base64, for what logins keep in chains
	 * without sessions; {@code null} where all chains have them
	 * @param siteName the name that the pages show; {@code null} for none
	 */
	public record Settings(String bindPage, Duration pendingTimeout, Duration profileMaxAge, boolean autoRegister,
			@Nullable String ticketKey, @Nullable String siteName) {

		/**
		 * Names no key.
		 */
		@Override
		public String toString() {
			return "Settings[bindPage=" + this.bindPage + "]";
		}

	}

}
