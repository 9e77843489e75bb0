package io.github.qqoauth2.bind;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TicketCipherTests {

	private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	private static final String OTHER_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

	private final TicketCipher cipher = new TicketCipher(KEY);

	private final String ticket = this.cipher.encrypt("qq-pending", "{\"nickname\":\"小明\"}");

	@Test
	void openWhenSealedThenReturnsText() {
		assertThat(this.cipher.decrypt("qq-pending", this.ticket)).isEqualTo("{\"nickname\":\"小明\"}");
		assertThat(new TicketCipher(KEY + "\n").decrypt("qq-pending", this.ticket)).isNotNull();
		assertThat(this.cipher.encrypt("qq-pending", "x")).isNotEqualTo(this.cipher.encrypt("qq-pending", "x"));
	}

	@Test
	@Tag("T-09")
	void openWhenAnyBitFlippedThenNull() {
		byte[] bytes = this.ticket.getBytes(StandardCharsets.ISO_8859_1);
		for (int position = 0; position < bytes.length; position++) {
			for (int bit = 0; bit < 8; bit++) {
				byte[] flipped = bytes.clone();
				flipped[position] ^= (byte) (1 << bit);
				assertThat(this.cipher.decrypt("qq-pending", new String(flipped, StandardCharsets.ISO_8859_1)))
					.as("bit %s at %s", bit, position)
					.isNull();
			}
		}
	}

	@Test
	@Tag("T-09")
	void openWhenTruncatedOrCharacterInsertedThenNull() {
		for (int position = 0; position <= this.ticket.length(); position++) {
			String start = this.ticket.substring(0, position);
			assertThat(this.cipher.decrypt("qq-pending", start) == null).isEqualTo(position < this.ticket.length());
			for (String more : new String[] { "A", "=", ".", " ", "\t", "\r\n", "\u0000", "%", "é", "\u00a0" }) {
				assertThat(this.cipher.decrypt("qq-pending", start + more + this.ticket.substring(position)))
					.as("%s at %s", more, position)
					.isNull();
			}
		}
	}

	@Test
	@Tag("T-10")
	void openWhenOtherKindOrKeyThenNull() {
		for (String kind : new String[] { "qq-authorization", "qq-error", "QQ-PENDING", "", "JWT" }) {
			assertThat(this.cipher.decrypt(kind, this.ticket)).as(kind).isNull();
		}
		assertThat(new TicketCipher(OTHER_KEY).decrypt("qq-pending", this.ticket)).isNull();
	}

}
