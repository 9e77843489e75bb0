package io.github.qqoauth2.conversation.ticket;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndVisit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens that the site did not issue, at a resource server configured as documented.
 */
class ForgedTokensIT extends AbstractFrontEndVisit {

	private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

	private static final Application site = Application.with(qq)
		.source(TokenSite.class, FixedTime.class)
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.start();

	private static final Map<String, String> FORGED = forged();

	ForgedTokensIT() {
		super(site);
	}

	static Set<String> kinds() {
		return FORGED.keySet();
	}

	private int status(String authorization) {
		Browser browser = this.application.browser().header("Accept", "application/json");
		return browser.header("Authorization", authorization).get(FrontEnd.ACCOUNT).status();
	}

	@Test
	void tokenWhenIssuedBySiteThenOk() {
		assertThat(status("Bearer " + sign(header(), claims(), siteKey()))).isEqualTo(200);
	}

	@ParameterizedTest
	@MethodSource("kinds")
	@Tag("T-42")
	void tokenWhenForgedOrInvalidThenUnauthorized(String kind) {
		assertThat(status("Bearer " + FORGED.get(kind))).isEqualTo(401);
	}

	@Test
	@Tag("T-42")
	void tokenWhenNotInAuthorizationHeaderThenUnauthorized() {
		String token = sign(header(), claims(), siteKey());
		Browser browser = this.application.browser().header("Accept", "application/json");
		assertThat(browser.get(FrontEnd.ACCOUNT + "?access_token=" + token).status()).isEqualTo(401);
		browser.cookie("access_token", token);
		assertThat(browser.get(FrontEnd.ACCOUNT).status()).isEqualTo(401);
		assertThat(browser.post(FrontEnd.ACCOUNT, "application/json", "{\"access_token\":\"" + token + "\"}").status())
			.isEqualTo(401);
		for (String scheme : List.of("", "Basic ", "Token ", "DPoP ", "Bearer Bearer ", "Bearer: ")) {
			assertThat(status(scheme + token)).as(scheme).isEqualTo(401);
		}
	}

	/**
	 * A ticket of the same site, which is encrypted with another key.
	 */
	@Test
	@Tag("T-10")
	@Tag("T-42")
	void tokenWhenTicketThenUnauthorized() {
		this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(status("Bearer " + this.frontEnd.browser().cookie("qq-pending"))).isEqualTo(401);
	}

	/**
	 * Spring Security tolerates a clock skew of one minute.
	 */
	@Test
	@Tag("T-42")
	void tokenWhenExpiredThenValidForSixtySeconds() {
		assertThat(status("Bearer " + with((claims) -> claims.expirationTime(at(-59))))).isEqualTo(200);
		assertThat(status("Bearer " + with((claims) -> claims.expirationTime(at(-61))))).isEqualTo(401);
		assertThat(status("Bearer " + with((claims) -> claims.notBeforeTime(at(59))))).isEqualTo(200);
		assertThat(status("Bearer " + with((claims) -> claims.notBeforeTime(at(61))))).isEqualTo(401);
	}

	private static Map<String, String> forged() {
		Map<String, String> tokens = new LinkedHashMap<>();
		otherKeys(tokens);
		otherHeaders(tokens);
		otherClaims(tokens);
		otherForms(tokens);
		return tokens;
	}

	private static void otherKeys(Map<String, String> tokens) {
		String payload = encode(claims().build().toString());
		for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
			tokens.put("alg " + none, encode("{\"alg\":\"" + none + "\",\"typ\":\"JWT\"}") + "." + payload + ".");
		}
		tokens.put("no alg", encode("{\"typ\":\"JWT\"}") + "." + payload + ".AAAA");
		tokens.put("HS256 with the public key",
				sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("site"), claims(), mac(publicKey())));
		tokens.put("HS256 with the public key as PEM",
				sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("site"), claims(),
						mac(("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(publicKey())
								+ "\n-----END PUBLIC KEY-----\n")
							.getBytes(StandardCharsets.US_ASCII))));
		tokens.put("HS256 with the public key as JWK", sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("site"),
				claims(), mac(TokenSite.SIGNING_KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))));
		tokens.put("HS256 with the ticket key", sign(new JWSHeader.Builder(JWSAlgorithm.HS256), claims(),
				mac(Base64.getDecoder().decode(TokenSite.KEY))));
		tokens.put("HS256 with kid /dev/null",
				sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("../../../../../../dev/null"), claims(),
						mac(new byte[32])));
		tokens.put("RS256", sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("site"), claims(), rsa()));
		tokens.put("other key, same kid", sign(header(), claims(), signer(TokenSite.newKey())));
		tokens.put("other key, no kid", sign(header().keyID(null), claims(), signer(TokenSite.newKey())));
		tokens.put("signature of zeros", unsigned(header()) + "." + Base64URL.encode(new byte[64]));
		tokens.put("empty signature", unsigned(header()) + ".");
		tokens.put("signature in DER", inDer(sign(header(), claims(), siteKey())));
	}

	private static void otherHeaders(Map<String, String> tokens) {
		ECKey own = TokenSite.newKey();
		JWSSigner signer = signer(own);
		tokens.put("own jwk", sign(header().jwk(own.toPublicJWK()), claims(), signer));
		tokens.put("own jwk, its kid", sign(header().keyID(null).jwk(own.toPublicJWK()), claims(), signer));
		tokens.put("jku", sign(header().jwkURL(qq.url().resolve("/keys")), claims(), signer));
		tokens.put("x5u", sign(header().x509CertURL(qq.url().resolve("/cert")), claims(), signer));
		tokens.put("x5c",
				sign(header().x509CertChain(List.of(com.nimbusds.jose.util.Base64.encode("cert"))), claims(), signer));
		for (String kid : List.of("other", "../site", "site' or '1'='1", "", "SITE", "site|id")) {
			tokens.put("kid " + kid, sign(header().keyID(kid), claims(), signer));
		}
		tokens.put("crit of the unknown",
				sign(header().criticalParams(Set.of("exp2")).customParam("exp2", true), claims(), siteKey()));
		tokens.put("payload not encoded",
				sign(header().base64URLEncodePayload(false).criticalParams(Set.of("b64")), claims(), siteKey()));
		for (String type : List.of("at+jwt", "qq-pending", "qq-authorization", "logout+jwt", "JWE")) {
			tokens.put("typ " + type, sign(header().type(new JOSEObjectType(type)), claims(), siteKey()));
		}
	}

	private static void otherClaims(Map<String, String> tokens) {
		tokens.put("other iss", with((claims) -> claims.issuer("https://evil.example")));
		tokens.put("iss with a slash", with((claims) -> claims.issuer(TokenSite.ISSUER + "/")));
		tokens.put("no iss", with((claims) -> claims.issuer(null)));
		tokens.put("other aud", with((claims) -> claims.audience("other")));
		tokens.put("aud that begins alike", with((claims) -> claims.audience("shopping")));
		tokens.put("no aud", with((claims) -> claims.audience((String) null)));
		tokens.put("expired", with((claims) -> claims.expirationTime(at(-3600))));
		tokens.put("no exp", with((claims) -> claims.expirationTime(null)));
		tokens.put("exp as text", with((claims) -> claims.claim("exp", "tomorrow")));
		tokens.put("of the future", with((claims) -> claims.notBeforeTime(at(3600))));
	}

	private static void otherForms(Map<String, String> tokens) {
		String token = sign(header(), claims(), siteKey());
		String[] parts = token.split("\\.", -1);
		String bob = encode(claims().subject("bob").build().toString());
		tokens.put("other payload", parts[0] + "." + bob + "." + parts[2]);
		tokens.put("other header",
				encode("{\"alg\":\"ES256\",\"kid\":\"site\",\"x\":1}") + "." + parts[1] + "." + parts[2]);
		tokens.put("last character gone", token.substring(0, token.length() - 1));
		tokens.put("half", token.substring(0, token.length() / 2));
		tokens.put("one part", parts[1]);
		tokens.put("two parts", parts[0] + "." + parts[1]);
		tokens.put("four parts", token + "." + parts[2]);
		tokens.put("five parts", token + "." + parts[1] + "." + parts[2]);
		tokens.put("twice", token + token);
		tokens.put("two", token + "," + token);
		tokens.put("with a space", parts[0] + ". " + parts[1] + "." + parts[2]);
		tokens.put("quoted", '"' + token + '"');
		tokens.put("payload twice", parts[0] + "." + parts[1] + parts[1] + "." + parts[2]);
		tokens.put("nothing", "");
		tokens.put("blank", "   ");
		tokens.put("dots", "..");
		tokens.put("a word", "null");
		tokens.put("very long", "a".repeat(6000));
	}

	private static JWSHeader.Builder header() {
		return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("site").type(JOSEObjectType.JWT);
	}

	private static JWTClaimsSet.Builder claims() {
		return new JWTClaimsSet.Builder().issuer(TokenSite.ISSUER)
			.audience(TokenSite.AUDIENCE)
			.subject("alice")
			.issueTime(at(-7200))
			.expirationTime(at(900))
			.claim("roles", List.of("ROLE_USER"));
	}

	private static String with(Consumer<JWTClaimsSet.Builder> change) {
		JWTClaimsSet.Builder claims = claims();
		change.accept(claims);
		return sign(header(), claims, siteKey());
	}

	private static Date at(int seconds) {
		return Date.from(NOW.plusSeconds(seconds));
	}

	private static String unsigned(JWSHeader.Builder header) {
		return header.build().toBase64URL() + "." + encode(claims().build().toString());
	}

	private static String sign(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWSSigner signer) {
		try {
			SignedJWT token = new SignedJWT(header.build(), claims.build());
			token.sign(signer);
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String inDer(String token) {
		try {
			int signature = token.lastIndexOf('.') + 1;
			byte[] der = ECDSA.transcodeSignatureToDER(new Base64URL(token.substring(signature)).decode());
			return token.substring(0, signature) + Base64URL.encode(der);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JWSSigner siteKey() {
		return signer(TokenSite.SIGNING_KEY);
	}

	private static JWSSigner signer(ECKey key) {
		try {
			return new ECDSASigner(key);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JWSSigner mac(byte[] key) {
		try {
			return new MACSigner(key);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JWSSigner rsa() {
		try {
			return new RSASSASigner(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] publicKey() {
		try {
			return TokenSite.SIGNING_KEY.toECPublicKey().getEncoded();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String json) {
		return Base64URL.encode(json).toString();
	}

	/**
	 * A fixed clock.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FixedTime {

		@Bean
		@Primary
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

	}

}
