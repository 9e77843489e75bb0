package io.github.qqoauth2.conversation;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.github.qqoauth2.simulator.QqSimulator;

/**
 * An application with the starter on a free port, with its own database.
 */
public final class Application implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final @Nullable Application otherNode;

	private Application(ConfigurableApplicationContext context, @Nullable Application otherNode) {
		this.context = context;
		this.otherNode = otherNode;
	}

	public static Builder with(QqSimulator qq) {
		return new Builder(qq);
	}

	public URI url() {
		String contextPath = this.context.getEnvironment().getProperty("server.servlet.context-path", "");
		return URI.create("http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port")
				+ contextPath + "/");
	}

	public Browser browser() {
		return new Browser(nodes().stream().map(Application::url).toList());
	}

	private List<Application> nodes() {
		return (this.otherNode != null) ? List.of(this, this.otherNode) : List.of(this);
	}

	/**
	 * The bean of each node.
	 */
	public <T> List<T> beans(Class<T> type) {
		return nodes().stream().map((node) -> node.bean(type)).toList();
	}

	/**
	 * Puts the clock of each node forward by so much that all logins until now are too
	 * old to prove an account. What is pending until now expires as well.
	 */
	public void ageLogins() {
		beans(MovableClock.class).forEach((clock) -> clock.putForward(Duration.ofMinutes(5).plusSeconds(1)));
	}

	public void resetClock() {
		beans(MovableClock.class).forEach((clock) -> clock.putForward(Duration.ZERO));
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public JdbcClient jdbc() {
		return JdbcClient.create(this.context.getBean(DataSource.class));
	}

	/**
	 * The rows of the binding table, as account = openid.
	 */
	public Map<String, String> bindings() {
		Map<String, String> rows = new LinkedHashMap<>();
		jdbc().sql("select account, openid from qq_account_binding order by account")
			.query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.forEach((row) -> rows.put(row.getKey(), row.getValue()));
		return rows;
	}

	@Override
	public void close() {
		if (this.otherNode != null) {
			this.otherNode.close();
		}
		this.context.close();
	}

	/**
	 * Builds an application.
	 */
	public static final class Builder {

		private final Map<String, Object> properties = new LinkedHashMap<>();

		private final List<Class<?>> sources = new ArrayList<>();

		Builder(QqSimulator qq) {
			this.properties.put("server.port", "0");
			this.properties.put("server.address", "127.0.0.1");
			this.properties.put("spring.main.banner-mode", "off");
			this.properties.put("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
			this.properties.put("spring.jmx.enabled", "false");
			this.properties.put("qq.simulator.enabled", "false");
			this.properties.put("qq.oauth2.app-id", QqSimulator.APP_ID);
			this.properties.put("qq.oauth2.app-key", QqSimulator.APP_KEY);
			this.properties.put("qq.oauth2.base-uri", qq.url().toString());
		}

		public Builder property(String name, Object value) {
			this.properties.put(name, value);
			return this;
		}

		public Builder without(String name) {
			this.properties.remove(name);
			return this;
		}

		public Builder source(Class<?>... sources) {
			this.sources.addAll(List.of(sources));
			return this;
		}

		public Application start() {
			return new Application(run(), null);
		}

		/**
		 * Starts two nodes that share one database.
		 */
		public Application startTwoNodes() {
			ConfigurableApplicationContext one = run();
			return new Application(one, start());
		}

		private ConfigurableApplicationContext run() {
			return new SpringApplicationBuilder(this.sources.toArray(new Class<?>[0])).web(WebApplicationType.SERVLET)
				.properties(this.properties)
				.initializers((context) -> ((GenericApplicationContext) context).registerBean(MovableClock.class))
				.run();
		}

	}

}
