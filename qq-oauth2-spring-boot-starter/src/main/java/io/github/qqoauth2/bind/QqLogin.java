package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
import org.springframework.security.web.FilterChainProxy;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.client.QqClient;

/**
 * The QQ login, shared by all filter chains. A bean of this type adds the QQ login to
 * every chain with {@code oauth2Login}; without one the starter does nothing.
 */
public final class QqLogin {

	/** The id of the registration and of its properties. */
	public static final String REGISTRATION_ID = LoginPaths.REGISTRATION_ID;

	/**
	 * The path of the bind page's login form, and of the bind page unless
	 * {@code qq.oauth2.bind-page} is set.
	 */
	public static final String BIND_PAGE = LoginPaths.BIND_PAGE;

	/**
	 * The request attribute that describes the pending binding to the application's bind
	 * page: a map of {@code binding}, the id that its forms send back as a parameter;
	 * {@code expiresAt}, an {@code Instant}; {@code nickname}, {@code avatarUrl},
	 * {@code next} and {@code error}, if present; and after a refused registration
	 * {@code values} and {@code errors}, two maps by field name.
	 */
	public static final String BINDING_ATTRIBUTE = LoginPaths.BINDING_ATTRIBUTE;

	/** The path of the bind page's registration form. */
	public static final String REGISTER_PAGE = LoginPaths.REGISTER_PAGE;

	private final QqClient client;

	private final QqAccountBindings bindings;

	private final BoundAccounts accounts;

	private final ApplicationContext context;

	private final LoginMessages messages;

	private final Clock clock;

	private final Consumer<String> outcomes;

	private final Settings settings;

	private final LoginStores stores;

	private final PageLayout layout;

	/**
	 * Creates the QQ login. Beans of the optional types {@link QqAccountRegistrar},
	 * {@link QqAuthorizedClients}, {@link QqTokenIssuer}, {@link QqJsonResponseMapper}
	 * and {@link Clock} are looked up in the application context, all but the clock only
	 * later, so that they may need this bean.
	 * @param client calls QQ
	 * @param bindings the bindings
	 * @param accounts loads the account of a binding
	 * @param context the application context, whose messages override the starter's
	 * @param locales returns the language of a visitor
	 * @param outcomes receives the outcome of each login and binding, from a fixed set
	 * @param settings the application's properties
	 * @throws IllegalArgumentException if the ticket key is not 32 bytes in Base64
	 */
	public QqLogin(QqClient client, QqAccountBindings bindings, QqAccountLoader accounts, ApplicationContext context,
			Function<HttpServletRequest, Locale> locales, Consumer<String> outcomes, Settings settings) {
		this.client = client;
		this.bindings = bindings;
		this.accounts = new BoundAccounts(bindings, accounts);
		this.context = context;
		this.messages = new LoginMessages(context, locales);
		this.clock = context.getBeanProvider(Clock.class).getIfUnique(Clock::systemDefaultZone);
		this.outcomes = outcomes;
		this.settings = settings;
		this.stores = new LoginStores(this.accounts, settings.ticketKey(), settings.pendingTimeout(), this.clock,
				new LoginTokens(context.getBeanProvider(QqAuthorizedClients.class)::getIfAvailable));
		this.layout = new PageLayout(settings.siteName());
	}

	/**
	 * Returns, once the filter chains are built, whether any has {@code oauth2Login}.
	 * @return {@code false} if no QQ login is possible
	 */
	public boolean isHookedIn() {
		return this.stores.hasChain();
	}

	/**
	 * Returns whether a filter chain with {@code oauth2Login} has neither sessions nor
	 * the key for tickets, which replace them, once the chains are built.
	 * @return {@code true} if no QQ login is possible in that chain
	 */
	public boolean isLackingTicketKey() {
		return this.stores.isLackingKey();
	}

	/**
	 * Returns which addresses of the QQ login the filter chains, once they are built, do
	 * not handle or refuse to every user.
	 * @param callback the path of the callback, or {@code null} not to check it
	 * @return sentences for the log
	 */
	public List<String> warnings(@Nullable String callback) {
		FilterChainProxy chains = this.context.getBeanProvider(FilterChainProxy.class).getIfAvailable();
		return (chains != null) ? new ChainInspection(chains).warnings(callback) : List.of();
	}

	/**
	 * Returns the pending binding of a browser, for example for a reminder on a page.
	 * @param request the visitor's request
	 * @return a map as in {@link #BINDING_ATTRIBUTE}, or {@code null} if there is none
	 */
	public @Nullable Map<String, Object> pendingBinding(HttpServletRequest request) {
		PendingBinding pending = this.stores.pending(request);
		return (pending != null) ? pending.model() : null;
	}

	/**
	 * Wraps a repository of authorized clients so that QQ's tokens are not stored in it.
	 * @param others the repository for the tokens of all other registrations
	 * @param kept the store for QQ's tokens; if it is not available, they are discarded
	 * @return the wrapped repository
	 */
	public static OAuth2AuthorizedClientRepository authorizedClientRepository(OAuth2AuthorizedClientRepository others,
			ObjectProvider<QqAuthorizedClients> kept) {
		return new QqAuthorizedClientRepository(others, kept);
	}

	/**
	 * Records that an account has just been authenticated in this browser by a login that
	 * creates no session. A pending binding in a ticket can then be confirmed without the
	 * account's password. A login of the application that issues a token calls this after
	 * it has succeeded and before its response is committed, since a cookie is set. Does
	 * nothing without such a ticket.
	 * @param request the login's request
	 * @param response the login's response
	 * @param account the name of the account, which is also that of its token
	 */
	public void accountProved(HttpServletRequest request, HttpServletResponse response, String account) {
		this.stores.accountProved(request, response, account);
	}

	/**
	 * Returns whether a request is the callback of a QQ login that was started in this
	 * browser. For handlers and listeners that are called during the callback, since the
	 * {@code Authentication} is the same as after a login by password.
	 * @param request the request
	 * @return {@code true} during the callback, whether or not the login succeeds
	 */
	public static boolean isQqLogin(HttpServletRequest request) {
		LoginCallback callback = LoginCallback.current(request);
		return callback != null && callback.stored() != null;
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
		QqAccountRegistrar registrar = this.context.getBeanProvider(QqAccountRegistrar.class).getIfAvailable();
		return (registrar != null) ? new RegistrationForm(registrar, this.bindings, this.accounts) : null;
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

	LoginStores stores() {
		return this.stores;
	}

	PageLayout page() {
		return this.layout;
	}

	/**
	 * The properties of the application that concern its QQ login.
	 *
	 * @param bindPage the path for visitors whose QQ identity has no account
	 * @param pendingTimeout the time after which a pending binding expires
	 * @param profileMaxAge the age above which a login fetches a stored profile again
	 * @param autoRegister whether unbound QQ identities get an account without a form
	 * @param ticketKey the AES key that encrypts the tickets of chains without sessions,
	 * 32 bytes in Base64; {@code null} if all chains have sessions
	 * @param siteName the name of the site on the pages; {@code null} for none
	 */
	public record Settings(String bindPage, Duration pendingTimeout, Duration profileMaxAge, boolean autoRegister,
			@Nullable String ticketKey, @Nullable String siteName) {

		/** Does not contain the ticket key. */
		@Override
		public String toString() {
			return "Settings[bindPage=" + this.bindPage + "]";
		}

	}

}
