package io.github.qqoauth2.demo;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;

/**
 * Times are shown in the zone of the shop, whichever database they come from.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	@Bean
	JdbcCustomConversions jdbcCustomConversions(JdbcDialect dialect, Clock clock) {
		return JdbcCustomConversions.of(dialect, List.of(new ShopTime(clock)));
	}

	/**
	 * PostgreSQL's and MariaDB's drivers say a timestamp, H2's the time itself.
	 */
	@ReadingConverter
	private static final class ShopTime implements Converter<Timestamp, OffsetDateTime> {

		private final Clock clock;

		ShopTime(Clock clock) {
			this.clock = clock;
		}

		@Override
		public OffsetDateTime convert(Timestamp timestamp) {
			return timestamp.toInstant().atZone(this.clock.getZone()).toOffsetDateTime();
		}

	}

}
