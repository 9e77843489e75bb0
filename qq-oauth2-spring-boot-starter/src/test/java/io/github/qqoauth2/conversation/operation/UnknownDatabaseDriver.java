package io.github.qqoauth2.conversation.operation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * A driver of a database that Spring Data does not support: H2 with another product name.
 */
public final class UnknownDatabaseDriver implements Driver {

	static final String URL = "jdbc:unknown:";

	static final String PRODUCT = "DM DBMS";

	private final Driver h2 = new org.h2.Driver();

	@Override
	public @Nullable Connection connect(String url, Properties properties) throws SQLException {
		if (!acceptsURL(url)) {
			return null;
		}
		Connection connection = this.h2.connect(url.replace(URL, "jdbc:h2:mem:"), properties);
		DatabaseMetaData metaData = connection.getMetaData();
		DatabaseMetaData renamed = proxy(DatabaseMetaData.class, metaData,
				Map.of("getDatabaseProductName", () -> PRODUCT, "getDriverName", () -> PRODUCT, "getURL", () -> url));
		return proxy(Connection.class, connection, Map.of("getMetaData", () -> renamed));
	}

	private static <T> T proxy(Class<T> type, T target, Map<String, Supplier<Object>> answers) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				Supplier<Object> answer = answers.get(method.getName());
				try {
					return (answer != null) ? answer.get() : method.invoke(target, arguments);
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	@Override
	public boolean acceptsURL(String url) {
		return url.startsWith(URL);
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
		return new DriverPropertyInfo[0];
	}

	@Override
	public int getMajorVersion() {
		return 1;
	}

	@Override
	public int getMinorVersion() {
		return 0;
	}

	@Override
	public boolean jdbcCompliant() {
		return false;
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getGlobal();
	}

}
