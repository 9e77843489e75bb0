package io.github.qqoauth2.demo;

/**
 * The default profile, with H2.
 */
class H2IT extends AbstractProfileIT {

	@Override
	String[] arguments() {
		return new String[0];
	}

}
