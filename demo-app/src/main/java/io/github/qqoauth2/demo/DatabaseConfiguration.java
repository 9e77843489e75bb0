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
 * Reads timestamps of every supported database in the time zone of the shop.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	@Bean
	JdbcCustomConversions jdbcCustomConversions(JdbcDialect dialect, Clock clock) {
		return JdbcCustomConversions.of(dialect, List.of(new TimestampToOffsetDateTimeConverter(clock)));
	}

	/**
	 * The drivers of PostgreSQL and MariaDB return a {@link Timestamp}; H2 returns an
	 * {@link OffsetDateTime}.
	 */
	@ReadingConverter
	private static final class TimestampToOffsetDateTimeConverter implements Converter<Timestamp, OffsetDateTime> {

		private final Clock clock;

		TimestampToOffsetDateTimeConverter(Clock clock) {
			this.clock = clock;
		}

		@Override
		public OffsetDateTime convert(Timestamp timestamp) {
			return timestamp.toInstant().atZone(this.clock.getZone()).toOffsetDateTime();
		}

	}

}
