package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
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

	private volatile boolean hookedIn;

	private final QqClient client;

	private final QqAccountBindings bindings;

	private final BoundAccounts accounts;

	private final @Nullable RegistrationForm registration;

	private final ApplicationContext context;

	private final LoginMessages messages;

	private final Clock clock;

	private final Consumer<String> outcomes;

	private final Settings settings;

	private final LoginStores stores;

	private final PageLayout layout;

	/**
	 * Creates the login. Of the application's optional beans it takes those of the types
	 * {@link QqAccountRegistrar}, {@link QqAuthorizedClients}, {@link QqTokenIssuer} and
	 * {@link Clock}.
	 * @param client calls QQ
	 * @param bindings the bindings
	 * @param accounts loads the account that a binding names
	 * @param context the application, whose messages are asked before ours
	 * @param locales the language of a visitor
	 * @param outcomes receives how each login and each binding ends, as one of a closed
	 * set of words
	 * @param settings the application's properties
	 */
	public QqLogin(QqClient client, QqAccountBindings bindings, QqAccountLoader accounts, ApplicationContext context,
			Function<HttpServletRequest, Locale> locales, Consumer<String> outcomes, Settings settings) {
		this.client = client;
		this.bindings = bindings;
		this.accounts = new BoundAccounts(bindings, accounts);
		this.context = context;
		QqAccountRegistrar registrar = context.getBeanProvider(QqAccountRegistrar.class).getIfAvailable();
		this.registration = (registrar != null) ? new RegistrationForm(registrar, bindings, this.accounts) : null;
		this.messages = new LoginMessages(context, locales);
		this.clock = context.getBeanProvider(Clock.class).getIfUnique(Clock::systemDefaultZone);
		this.outcomes = outcomes;
		this.settings = settings;
		this.stores = new LoginStores(this.accounts, settings.ticketKey(), settings.pendingTimeout(), this.clock);
		this.layout = new PageLayout(settings.siteName());
	}

	/**
	 * Whether any filter chain has {@code oauth2Login}. Known once the chains are built.
	 * @return {@code false} if a login by QQ cannot work
	 */
	public boolean isHookedIn() {
		return this.hookedIn;
	}

	/**
	 * Whether a filter chain with {@code oauth2Login} has no sessions and lacks the key
	 * for the tickets that it needs instead. Known once the chains are built.
	 * @return {@code true} if a login by QQ cannot work
	 */
	public boolean isLackingTicketKey() {
		return this.stores.isLackingKey();
	}

	/**
	 * The pending binding of a visitor's browser, for a reminder on a page.
	 * @param request the visitor's request
	 * @return what {@link #BINDING_ATTRIBUTE} holds on a bind page, or {@code null} where
	 * none waits
	 */
	public @Nullable Map<String, Object> pendingBinding(HttpServletRequest request) {
		PendingBinding pending = this.stores.pending(request);
		return (pending != null) ? pending.model() : null;
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
		this.stores.accountProved(request, response, account);
	}

	/**
	 * Whether this request is the callback of a login by QQ that began in this browser.
	 * For the handlers and listeners that Spring Security calls during it: the
	 * {@code Authentication} is the same after QQ and after a password.
	 * @param request the request
	 * @return {@code true} during the callback, however it ends
	 */
	public static boolean isQqLogin(HttpServletRequest request) {
		LoginCallback callback = LoginCallback.current(request);
		return callback != null && callback.stored() != null;
	}

	void hookedIn() {
		this.hookedIn = true;
	}

	QqClient client() {
		return this.client;
	}

	QqAccountBindings bindings() {
		return this.bindings;
	}

	BoundAccounts accounts() {
		return this.accounts;
	}

	@Nullable RegistrationForm registration() {
		return this.registration;
	}

	@Nullable QqAuthorizedClients tokens() {
		return this.context.getBeanProvider(QqAuthorizedClients.class).getIfAvailable();
	}

	@Nullable QqTokenIssuer tokenIssuer() {
		return this.context.getBeanProvider(QqTokenIssuer.class).getIfAvailable();
	}

	LoginMessages messages() {
		return this.messages;
	}

	Clock clock() {
		return this.clock;
	}

	Consumer<String> outcomes() {
		return this.outcomes;
	}

	Settings settings() {
		return this.settings;
	}

	LoginStores states() {
		return this.stores;
	}

	PageLayout page() {
		return this.layout;
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
