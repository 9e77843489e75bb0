package io.github.qqoauth2.account;

import java.text.ParseException;
import java.util.Base64;
import java.util.List;

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
import org.springframework.util.Assert;

/**
 * Encrypts with the first key and decrypts with any key, so that keys can be changed
 * while old rows stay readable. The format is JWE with a shared key and 256-bit AES-GCM.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-4.5">RFC 7518, 4.5</a>
 */
final class TokenCipher {

	private static final JWEHeader HEADER = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
		.type(new JOSEObjectType("qq-tokens"))
		.build();

	private final List<byte[]> keys;

	TokenCipher(List<String> keys) {
		Assert.notEmpty(keys, "At least one key is required");
		this.keys = keys.stream().map((key) -> Base64.getDecoder().decode(key.strip())).toList();
		Assert.isTrue(this.keys.stream().allMatch((key) -> key.length == 32), "A key must be 32 bytes in Base64");
	}

	String encrypt(String text) {
		try {
			JWEObject jwe = new JWEObject(HEADER, new Payload(text));
			jwe.encrypt(new DirectEncrypter(this.keys.get(0)));
			return jwe.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("AES-GCM is not available", ex);
		}
	}

	/**
	 * Returns the text, or {@code null} if no key matches or the text was changed.
	 */
	@Nullable String decrypt(String encrypted) {
		for (byte[] key : this.keys) {
			try {
				JWEObject jwe = JWEObject.parse(encrypted);
				if (!HEADER.getType().equals(jwe.getHeader().getType())) {
					return null;
				}
				jwe.decrypt(new DirectDecrypter(key));
				return jwe.getPayload().toString();
			}
			catch (ParseException | JOSEException | RuntimeException ex) {
				// tries the next key; for a damaged header, the parser throws undeclared
				// exceptions
			}
		}
		return null;
	}

}
