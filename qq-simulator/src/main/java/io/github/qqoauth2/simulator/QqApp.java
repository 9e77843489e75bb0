package io.github.qqoauth2.simulator;

import java.util.Set;

/**
 * An application as registered at QQ Connect.
 *
 * @param appId the appid, digits only
 * @param appKey its secret
 * @param redirectUris the registered redirect URIs, compared by scheme, host, port and
 * path. QQ itself accepts neither a port nor localhost; the simulator accepts both for
 * loopback addresses, and an empty set allows any loopback address
 * @param unionIdGranted whether the app may request the unionid; otherwise
 * {@code unionid=1} fails with 100048
 */
public record QqApp(String appId, String appKey, Set<String> redirectUris, boolean unionIdGranted) {

	/**
	 * Validates the arguments and copies the redirect URIs.
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
	 * Creates an app that accepts any loopback address as redirect URI and may not
	 * request the unionid.
	 * @param appId the appid, digits only
	 * @param appKey its secret
	 */
	public QqApp(String appId, String appKey) {
		this(appId, appKey, Set.of(), false);
	}

	@Override
	public String toString() {
		return "QqApp[" + this.appId + "]";
	}

}
