package io.github.qqoauth2.bind;

import java.text.ParseException;
import java.util.Base64;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Encrypts and decrypts tickets: JWE with a shared key, AES-GCM of 256 bits. The
 * {@code typ} names the kind of the ticket, so that no ticket is accepted as one of
 * another kind.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.11">RFC 8725, 3.11</a>
 */
final class TicketCipher {

	private final byte[] key;

	TicketCipher(String key) {
		this.key = Base64.getDecoder().decode(key.strip());
		Assert.isTrue(this.key.length == 32, "The ticket key must be 32 bytes in Base64");
	}

	String encrypt(String kind, String text) {
		try {
			JWEObject jwe = new JWEObject(header(kind), new Payload(text));
			jwe.encrypt(new DirectEncrypter(this.key));
			return jwe.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("AES-GCM is not available", ex);
		}
	}

	/**
	 * Returns the text of a ticket, or {@code null} if it is not a ticket of this kind.
	 * Only the Base64 spelling in which it was issued is accepted, and only the header
	 * that this class writes is parsed.
	 */
	@Nullable String decrypt(String kind, String ticket) {
		if (!ticket.startsWith(header(kind).toBase64URL() + ".")) {
			return null;
		}
		try {
			JWEObject jwe = JWEObject.parse(ticket);
			boolean canonical = jwe.serialize().equals(ticket) && isCanonical(jwe.getIV())
					&& isCanonical(jwe.getCipherText()) && isCanonical(jwe.getAuthTag());
			if (!canonical) {
				return null;
			}
			jwe.decrypt(new DirectDecrypter(this.key));
			return jwe.getPayload().toString();
		}
		catch (ParseException | JOSEException | IllegalStateException ex) {
			return null;
		}
	}

	private static boolean isCanonical(@Nullable Base64URL part) {
		return part != null && part.equals(Base64URL.encode(part.decode()));
	}

	private static JWEHeader header(String kind) {
		return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).type(new JOSEObjectType(kind)).build();
	}

}
