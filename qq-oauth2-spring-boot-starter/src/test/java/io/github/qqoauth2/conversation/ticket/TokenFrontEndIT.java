package io.github.qqoauth2.conversation.ticket;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndConversation;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A front end of a site without sessions. Tickets carry the login, and the token of the
 * site authenticates requests.
 */
class TokenFrontEndIT extends AbstractFrontEndConversation {

	static final Application site = Application.with(qq)
		.source(TokenSite.class)
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.property("qq.oauth2.redirect-uri", "{baseUrl}/app/callback.html")
		.start();

	TokenFrontEndIT() {
		super(site);
	}

	private String ticket(String name) {
		return Objects.requireNonNull(this.frontEnd.browser().cookie(name));
	}

	/**
	 * Another browser with this ticket.
	 */
	private FrontEnd withTicket(String ticket) {
		FrontEnd other = new FrontEnd(this.application, qq);
		other.browser().cookie("qq-pending", ticket);
		return other;
	}

	@Override
	protected boolean hasSessions() {
		return false;
	}

	@Test
	@Tag("T-43")
	void loginThenNoSessionAndTicketsAreRemoved() {
		FrontEnd.Answer started = new FrontEnd(this.application, qq).get(FrontEnd.START);
		assertThat(Objects.requireNonNull(started.page().header("Set-Cookie"))).startsWith("qq-authorization=ey")
			.contains("; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=300");
		assertThat(bindTo("alice").status()).isEqualTo(200);
		assertThat(this.frontEnd.browser().cookies()).isEmpty();
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).json()).as("no id of an account").doesNotContainKey("id");
		assertThat(this.frontEnd.get("orders").page().body()).startsWith("alice JwtAuthenticationToken")
			.contains("ROLE_READER", "ROLE_USER");
	}

	@Test
	@Tag("T-43")
	void startWhenRepeatedWithoutCookieThenNoSession() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Void>> all = threads.invokeAll(Collections.nCopies(4, () -> {
				Browser browser = this.application.browser().header("Accept", "application/json");
				for (int i = 0; i < 2500; i++) {
					assertThat(browser.get(FrontEnd.START).status()).isEqualTo(200);
					assertThat(browser.cookies()).containsOnlyKeys("qq-authorization");
					browser.removeCookie("qq-authorization");
				}
				return null;
			}));
			for (Future<Void> one : all) {
				one.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.application.bean(Site.Sessions.class).all()).isEmpty();
	}

	@Test
	@Tag("T-40")
	void tokenWhenIssuedThenOnlyInBody() {
		FrontEnd.Answer loggedIn = bindTo("alice");
		String token = String.valueOf(loggedIn.object("token").get("accessToken"));
		assertThat(loggedIn.object("token")).containsEntry("tokenType", "Bearer").containsKeys("expiresAt");
		assertThat((Long) loggedIn.object("token").get("expiresIn")).isBetween(895L, 900L);
		assertThat(loggedIn.page().headers().toString()).doesNotContain(token);
		FrontEnd page = new FrontEnd(this.application, qq);
		URI callback = qq.approve(FrontEnd.authorizationUrl(page.get(FrontEnd.START)), QqPerson.XIAO_MING);
		Browser browser = page.browser().header("Accept", "text/html");
		Browser.Page redirect = browser.get(FrontEnd.CALLBACK + "?" + callback.getRawQuery());
		assertThat(redirect.location()).isEqualTo("/");
		assertThat(redirect.headers().toString()).doesNotContain("eyJ");
	}

	@Test
	void startWhenRedirectUriIsRouteThenSentToQq() {
		assertThat(this.frontEnd.get(FrontEnd.START).text("authorizationUrl")).contains("%2Fapp%2Fcallback.html");
		bindTo("alice");
		assertThat(qq.requests(QqEndpoint.TOKEN)).singleElement()
			.extracting((request) -> request.parameter("redirect_uri"))
			.isEqualTo(this.application.url() + "app/callback.html");
	}

	@Test
	@Tag("T-09")
	void ticketWhenInOtherBrowserThenShowsIdentityAndRequiresPassword() {
		this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		FrontEnd other = withTicket(ticket("qq-pending"));
		FrontEnd.Answer shown = other.get(FrontEnd.BIND);
		assertThat(shown.text("nickname")).isEqualTo("小明");
		assertThat(other.get(FrontEnd.ACCOUNT).status()).isEqualTo(401);
		assertThat(
				other.post(FrontEnd.BIND, with(shown.binding(), Map.of("username", "bob", "password", "x"))).status())
			.isEqualTo(401);
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-09")
	void ticketWhenIdentityIsBoundThenGone() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		String ticket = ticket("qq-pending");
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(200);
		FrontEnd replay = withTicket(ticket);
		assertThat(replay.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(410);
		assertThat(replay.post(FrontEnd.BIND, proof(binding, "bob")).status()).isEqualTo(410);
		assertThat(replay.post(FrontEnd.REGISTER, with(binding, FORM)).status()).isEqualTo(410);
		assertThat(replay.get(FrontEnd.BIND).status()).isEqualTo(410);
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
		assertThat(accounts()).containsExactly("alice", "bob");
	}

	@Test
	@Tag("T-09")
	void ticketWhenInQueryOrBodyThenIgnored() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		String ticket = ticket("qq-pending");
		FrontEnd other = new FrontEnd(this.application, qq);
		assertThat(other.get(FrontEnd.BIND + "?qq-pending=" + ticket).status()).isEqualTo(410);
		Map<String, Object> body = proof(binding, "alice");
		body.put("qq-pending", ticket);
		assertThat(other.post(FrontEnd.BIND, body).status()).isEqualTo(410);
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-09")
	void ticketWhenTamperedThenRefused() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		String ticket = ticket("qq-pending");
		for (int i = 0; i < ticket.length(); i += 13) {
			char other = (ticket.charAt(i) == 'A') ? 'B' : 'A';
			String broken = ticket.substring(0, i) + other + ticket.substring(i + 1);
			assertThat(withTicket(broken).post(FrontEnd.BIND, proof(binding, "alice")).status()).as("at %s", i)
				.isEqualTo(400);
		}
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * Nimbus throws an unchecked exception for this header.
	 */
	@Test
	@Tag("T-09")
	void ticketWhenHeaderHasNoEncryptionThenRefused() {
		String header = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString("{\"typ\":\"qq-pending\",\"alg\":\"dir\"}".getBytes(StandardCharsets.UTF_8));
		FrontEnd other = withTicket(header + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
		assertThat(other.get(FrontEnd.BIND).status()).isEqualTo(400);
		assertThat(other.get(FrontEnd.START).status()).isEqualTo(200);
	}

	@Test
	@Tag("T-10")
	void tokensAndTicketsWhenUsedAsOtherKindThenRefused() {
		this.frontEnd.get(FrontEnd.START);
		String authorization = ticket("qq-authorization");
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		String pending = ticket("qq-pending");
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice"));
		String access = String.valueOf(loggedIn.object("token").get("accessToken"));
		FrontEnd bearer = new FrontEnd(this.application, qq);
		for (String kind : List.of(authorization, pending, "qq-error")) {
			bearer.token(kind);
			assertThat(bearer.get(FrontEnd.ACCOUNT).status()).isEqualTo(401);
			assertThat(bearer.get("orders").status()).isEqualTo(401);
		}
		for (String kind : List.of(authorization, access)) {
			assertThat(withTicket(kind).get(FrontEnd.BIND).status()).isEqualTo(400);
			assertThat(withTicket(kind).post(FrontEnd.BIND, proof(binding, "bob")).status()).isEqualTo(400);
		}
		for (String kind : List.of(pending, access)) {
			FrontEnd other = new FrontEnd(this.application, qq);
			Map<String, String> parameters = other.approve(QqPerson.XIAO_MING, FrontEnd.START);
			other.browser().cookie("qq-authorization", kind);
			assertThat(other.post(FrontEnd.CALLBACK, parameters).status()).isEqualTo(400);
		}
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	/**
	 * Browsers silently drop longer cookies.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1000, 2040 })
	void ticketWhenValuesAreLongThenFitsCookie(int length) {
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK,
				this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/" + "a/".repeat(length / 2)));
		assertThat(pending.object("pending")).containsEntry("nickname", "小明").containsKey("avatarUrl");
		this.frontEnd.browser()
			.cookies()
			.forEach((name, value) -> assertThat("__Host-" + name + "=" + value).hasSizeLessThan(4096));
		Map<String, Object> form = with(pending.binding(),
				Map.of("username", "alice", "nickname", "昵".repeat(500), "mobile", "1".repeat(500), "terms", true));
		assertProblem(this.frontEnd.post(FrontEnd.REGISTER, form), 400, "invalid-registration");
		this.frontEnd.browser()
			.cookies()
			.forEach((name, value) -> assertThat("__Host-" + name + "=" + value).hasSizeLessThan(4096));
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice")).status()).isEqualTo(200);
	}

	/**
	 * Browsers with SameSite do not send the cookie. For others, the id of the binding
	 * counts, which another site cannot know.
	 */
	@Test
	@Tag("T-41")
	void bindWhenFormOfOtherSiteThenBindingIsMissing() {
		this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		Browser browser = this.frontEnd.browser().header("Accept", "text/html");
		for (String path : List.of(FrontEnd.BIND, FrontEnd.REGISTER)) {
			assertThat(browser.post(path, Map.of("username", "bob", "password", "bob-password")).status())
				.isEqualTo(409);
			assertThat(
					browser.post(path, Map.of("binding", "0".repeat(32), "username", "bob", "password", "bob-password"))
						.status())
				.isEqualTo(409);
		}
		assertThat(this.application.bindings()).isEmpty();
		assertThat(accounts()).containsExactly("alice", "bob");
	}

	/**
	 * A token alone proves nothing, and a login only its own account, for a short time.
	 */
	@Test
	@Tag("T-07")
	@Tag("T-59")
	void confirmationWhenLoginIsOldOrOfAnotherAccountThenRequiresProof() {
		String token = String.valueOf(signIn("alice").object("token").get("accessToken"));
		this.application.ageLogins();
		this.frontEnd.token(null);
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(pending.status()).isEqualTo(401);
		this.frontEnd.token(token);
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).object("pending")).containsEntry("proofRequired", true);
		assertThat(this.frontEnd.post(FrontEnd.ACCOUNT, with(pending.binding(), Map.of())).status()).isEqualTo(403);
		assertThat(this.application.bindings()).isEmpty();
		signIn("bob");
		this.frontEnd.token(token);
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).object("pending")).containsEntry("proofRequired", true);
	}

	@Test
	void errorWhenCallbackByServerThenReadAfterwards() {
		this.frontEnd.get(FrontEnd.START);
		this.frontEnd.browser().header("Accept", "text/html");
		assertThat(this.frontEnd.browser().get(FrontEnd.CALLBACK + "?code=x&state=y").location())
			.isEqualTo("/login/qq/error");
		assertThat(this.frontEnd.get("login/qq/error").code()).isEqualTo("expired");
		assertThat(this.frontEnd.get("login/qq/error").text("errorId")).isNotNull();
	}

}
