package io.github.qqoauth2.account;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

class H2BindingStoreIT extends AbstractBindingStoreIT {

	H2BindingStoreIT() {
		super("h2", new DriverManagerDataSource("jdbc:h2:mem:store;DB_CLOSE_DELAY=-1"));
	}

}
