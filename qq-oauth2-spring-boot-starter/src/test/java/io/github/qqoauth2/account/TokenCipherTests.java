package io.github.qqoauth2.account;

import java.util.Base64;
import java.util.List;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCipherTests {

	private static final byte[] KEY = new byte[32];

	private final TokenCipher cipher = new TokenCipher(List.of(Base64.getEncoder().encodeToString(KEY)));

	@Test
	void encryptWhenRepeatedThenDifferentAndDecryptable() {
		String encrypted = this.cipher.encrypt("text");
		assertThat(this.cipher.decrypt(encrypted)).isEqualTo("text");
		assertThat(this.cipher.encrypt("text")).isNotEqualTo(encrypted);
	}

	/**
	 * An application may use the same key for another purpose.
	 */
	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "JWT", "JOSE", "qq-ticket" })
	@Tag("T-10")
	void decryptWhenEncryptedForAnotherPurposeThenNull(@Nullable String type) throws JOSEException {
		JWEHeader.Builder header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);
		JWEObject jwe = new JWEObject(((type != null) ? header.type(new JOSEObjectType(type)) : header).build(),
				new Payload("text"));
		jwe.encrypt(new DirectEncrypter(KEY));
		assertThat(this.cipher.decrypt(jwe.serialize())).isNull();
	}

	@Test
	void decryptWhenAnyCharacterIsChangedThenNull() {
		String encrypted = this.cipher.encrypt("text");
		for (int i = 0; i < encrypted.length(); i++) {
			char other = (encrypted.charAt(i) == 'A') ? 'Q' : 'A';
			String changed = encrypted.substring(0, i) + other + encrypted.substring(i + 1);
			assertThat(this.cipher.decrypt(changed)).as("character %d", i).isNull();
		}
	}

}
