package io.github.qqoauth2.conversation.ticket;

import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndVisit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.conversation.frontend.FrontEndSite;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every kind of ticket, token and id, presented in place of every other kind.
 */
class TicketKindsIT extends AbstractFrontEndVisit {

	private static final String OTHER_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

	private static final Application siteWithSessions = Application.with(qq).source(FrontEndSite.class).start();

	TicketKindsIT() {
		super(TokenFrontEndIT.site);
	}

	private String cookie(String name) {
		return Objects.requireNonNull(this.frontEnd.browser().cookie(name));
	}

	/**
	 * One value of each kind, each valid in its place. Only the binding id is from a site
	 * with sessions.
	 */
	private Map<String, String> kinds() {
		Map<String, String> kinds = new LinkedHashMap<>();
		FrontEnd.Answer started = this.frontEnd.get(FrontEnd.START);
		kinds.put("state",
				Objects.requireNonNull(FrontEnd.parameters(FrontEnd.authorizationUrl(started)).get("state")));
		kinds.put("authorization", cookie("qq-authorization"));
		this.frontEnd.browser().header("Accept", "text/html").get(FrontEnd.CALLBACK + "?code=x&state=y");
		kinds.put("error", cookie("qq-error"));
		kinds.put("pending", pending(this.frontEnd));
		kinds.put("session binding", new FrontEnd(siteWithSessions, qq).qqLogin(QqPerson.XIAO_MING).binding());
		kinds.put("ticket binding", this.frontEnd.get(FrontEnd.BIND).binding());
		kinds.put("access", String.valueOf(signIn("bob").object("token").get("accessToken")));
		this.frontEnd.token(null);
		addForeign(kinds, decrypt(Objects.requireNonNull(kinds.get("pending"))));
		return kinds;
	}

	/**
	 * Values that the same site issues for other purposes, perhaps with the key of its
	 * tickets, and tickets of another site.
	 */
	private static void addForeign(Map<String, String> kinds, String pending) {
		kinds.put("remember-me", rememberMe());
		kinds.put("password reset", encrypt(TokenSite.KEY, "password-reset", pending));
		kinds.put("encrypted without a type", encrypt(TokenSite.KEY, null, pending));
		kinds.put("pending at another site", encrypt(OTHER_KEY, "qq-pending", pending));
	}

	private static String rememberMe() {
		Browser browser = siteWithSessions.browser();
		browser.submit(browser.get("login"), "login",
				Map.of("username", "alice", "password", "alice-password", "remember-me", "on"));
		return Objects.requireNonNull(browser.cookie("remember-me"));
	}

	private static String decrypt(String ticket) {
		try {
			JWEObject jwe = JWEObject.parse(ticket);
			jwe.decrypt(new DirectDecrypter(Base64.getDecoder().decode(TokenSite.KEY)));
			return jwe.getPayload().toString();
		}
		catch (ParseException | JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encrypt(String key, @Nullable String type, String text) {
		JWEHeader.Builder header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);
		JWEObject jwe = new JWEObject(((type != null) ? header.type(new JOSEObjectType(type)) : header).build(),
				new Payload(text));
		try {
			jwe.encrypt(new DirectEncrypter(Base64.getDecoder().decode(key)));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return jwe.serialize();
	}

	/**
	 * Shows that the encryption of this test is the site's, so that others are refused
	 * for their kind.
	 */
	@Test
	void ticketWhenEncryptedWithKeyAndTypeThenAccepted() {
		String ticket = encrypt(TokenSite.KEY, "qq-pending", decrypt(pending(this.frontEnd)));
		assertThat(with("qq-pending", ticket).get(FrontEnd.BIND).status()).isEqualTo(200);
	}

	private static String pending(FrontEnd frontEnd) {
		frontEnd.qqLogin(QqPerson.XIAO_MING);
		return Objects.requireNonNull(frontEnd.browser().cookie("qq-pending"));
	}

	/**
	 * The places for each kind, with the status for any other kind.
	 */
	private Map<String, Place> places(String binding, String pending) {
		Map<String, Place> places = new LinkedHashMap<>();
		places.put("cookie qq-pending, read",
				new Place("pending", 400, (value) -> with("qq-pending", value).get(FrontEnd.BIND)));
		places.put("cookie qq-pending, bind", new Place("pending", 400,
				(value) -> with("qq-pending", value).post(FrontEnd.BIND, proof(binding, "alice"))));
		places.put("cookie qq-pending, register", new Place("pending", 400,
				(value) -> with("qq-pending", value).post(FrontEnd.REGISTER, with(binding, FORM))));
		places.put("cookie qq-pending, confirm", new Place("pending", 400, (value) -> {
			FrontEnd alice = with("qq-pending", value);
			alice.token(token("alice"));
			return alice.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", "alice-password")));
		}));
		places.put("cookie qq-authorization", new Place("", 400, (value) -> {
			FrontEnd other = new FrontEnd(this.application, qq);
			Map<String, String> parameters = other.approve(QqPerson.XIAO_MING, FrontEnd.START);
			other.browser().cookie("qq-authorization", value);
			return other.post(FrontEnd.CALLBACK, parameters);
		}));
		places.put("cookie qq-error", new Place("error", 400, (value) -> {
			FrontEnd.Answer answer = with("qq-error", value).get("login/qq/error");
			assertThat(answer.text("errorId")).isNull();
			return answer;
		}));
		places.put("state", new Place("", 400, (value) -> {
			FrontEnd other = new FrontEnd(this.application, qq);
			Map<String, String> parameters = other.approve(QqPerson.XIAO_MING, FrontEnd.START);
			parameters.put("state", value);
			return other.post(FrontEnd.CALLBACK, parameters);
		}));
		places.put("binding, bind", new Place("ticket binding", 409,
				(value) -> with("qq-pending", pending).post(FrontEnd.BIND, proof(value, "alice"))));
		places.put("binding, register", new Place("ticket binding", 409,
				(value) -> with("qq-pending", pending).post(FrontEnd.REGISTER, with(value, FORM))));
		for (String path : new String[] { FrontEnd.ACCOUNT, "account/qq/link", "account/qq/unlink" }) {
			places.put("bearer, " + path, new Place("access", 401, (value) -> {
				FrontEnd bearer = new FrontEnd(this.application, qq);
				bearer.token(value);
				assertThat(bearer.get("orders").status()).isEqualTo(401);
				return path.equals(FrontEnd.ACCOUNT) ? bearer.get(path) : bearer.post(path, Map.of());
			}));
		}
		return places;
	}

	private FrontEnd with(String cookie, String value) {
		FrontEnd other = new FrontEnd(this.application, qq);
		other.browser().cookie(cookie, value);
		return other;
	}

	private String token(String account) {
		FrontEnd other = new FrontEnd(this.application, qq);
		Map<String, String> proof = Map.of("username", account, "password", account + "-password");
		return String.valueOf(other.post("api/login", proof).object("token").get("accessToken"));
	}

	@Test
	@Tag("T-10")
	void kindWhenInPlaceOfOtherThenRefused() {
		Map<String, String> kinds = kinds();
		places(Objects.requireNonNull(kinds.get("ticket binding")), Objects.requireNonNull(kinds.get("pending")))
			.forEach((name, place) -> kinds.forEach((kind, value) -> {
				if (!kind.equals(place.kind())) {
					assertThat(place.present().apply(value).status()).as("%s as %s", kind, name)
						.isEqualTo(place.refusal());
				}
			}));
		assertThat(this.application.bindings()).isEmpty();
		assertThat(accounts()).containsExactly("alice", "bob");
	}

	/**
	 * A place to present a value.
	 *
	 * @param kind the kind that is accepted
	 * @param refusal the status for every other kind
	 */
	private record Place(String kind, int refusal, Function<String, FrontEnd.Answer> present) {

	}

}
