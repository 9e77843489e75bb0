package io.github.qqoauth2.simulator;

import java.util.Set;

/**
 * An application as it would be registered at QQ Connect.
 *
 * @param appId the appid, digits only
 * @param appKey the secret that belongs to it
 * @param redirectUris the registered redirect addresses, of which scheme, host, port and
 * path count. QQ itself registers neither a port nor localhost; here both are accepted on
 * loopback addresses, and an empty set means any loopback address
 * @param unionIdGranted whether the app may ask for the unionid; without it
 * {@code unionid=1} fails with 100048
 */
public record QqApp(String appId, String appKey, Set<String> redirectUris, boolean unionIdGranted) {

	/**
	 * Checks and copies.
	 */
	public QqApp {
		if (!appId.matches("[0-9]{1,20}")) {
			throw new IllegalArgumentException("appId must be 1 to 20 digits");
		}
		if (appKey.isBlank()) {
			throw new IllegalArgumentException("appKey must not be blank");
		}
		redirectUris = Set.copyOf(redirectUris);
	}

	/**
	 * Creates an app that may come back to any loopback address and has no unionid.
	 * @param appId the appid, digits only
	 * @param appKey the secret that belongs to it
	 */
	public QqApp(String appId, String appKey) {
		this(appId, appKey, Set.of(), false);
	}

	@Override
	public String toString() {
		return "QqApp[" + this.appId + "]";
	}

}
