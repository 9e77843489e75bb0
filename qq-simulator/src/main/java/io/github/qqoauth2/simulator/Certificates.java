package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that is generated at start-up, with the valid and invalid
 * certificates that it issues. Validity follows the system clock, as in TLS clients.
 */
final class Certificates {

	private static final char[] PASSWORD = {};

	private static final Duration VALIDITY = Duration.ofDays(3650);

	private static final GeneralNames LOOPBACK = new GeneralNames(new GeneralName[] {
			new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
			new GeneralName(GeneralName.iPAddress, "::1") });

	private static final GeneralNames OTHER_HOST = new GeneralNames(
			new GeneralName(GeneralName.dNSName, "elsewhere.example.com"));

	private final Authority trusted;

	Certificates() {
		this.trusted = authority();
	}

	X509Certificate authorityCertificate() {
		return this.trusted.certificate();
	}

	SSLContext serverContext(QqNetwork network) {
		return switch (network) {
			case TLS_EXPIRED -> context(this.trusted, LOOPBACK, Instant.now().minus(Duration.ofDays(1)));
			case TLS_WRONG_HOST -> context(this.trusted, OTHER_HOST, Instant.now().plus(VALIDITY));
			case TLS_UNTRUSTED -> context(authority(), LOOPBACK, Instant.now().plus(VALIDITY));
			default -> context(this.trusted, LOOPBACK, Instant.now().plus(VALIDITY));
		};
	}

	SSLContext clientContext() {
		try {
			KeyStore store = emptyStore();
			store.setCertificateEntry("authority", this.trusted.certificate());
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static SSLContext context(Authority authority, GeneralNames names, Instant end) {
		try {
			KeyPair keys = keys();
			X509Certificate certificate = issue(authority, "CN=QQ simulator", keys, names, end);
			KeyStore store = emptyStore();
			store.setKeyEntry("server", keys.getPrivate(), PASSWORD,
					new X509Certificate[] { certificate, authority.certificate() });
			KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			managers.init(store, PASSWORD);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(managers.getKeyManagers(), null, null);
			return context;
		}
		catch (GeneralSecurityException | IOException | OperatorCreationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Authority authority() {
		try {
			KeyPair keys = keys();
			String name = "CN=QQ simulator authority " + Identifiers.random();
			return new Authority(name, keys, issue(null, name, keys, null, Instant.now().plus(VALIDITY)));
		}
		catch (GeneralSecurityException | IOException | OperatorCreationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static X509Certificate issue(@Nullable Authority authority, String subject, KeyPair keys,
			@Nullable GeneralNames names, Instant end)
			throws GeneralSecurityException, IOException, OperatorCreationException {
		String issuer = (authority != null) ? authority.name() : subject;
		KeyPair signing = (authority != null) ? authority.keys() : keys;
		Instant start = Instant.now().minus(Duration.ofDays(3));
		X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(issuer),
				new BigInteger(Identifiers.random(), 16), Date.from(start), Date.from(end), new X500Name(subject),
				keys.getPublic());
		builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority == null));
		if (names != null) {
			builder.addExtension(Extension.subjectAlternativeName, false, names);
		}
		return new JcaX509CertificateConverter()
			.getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate())));
	}

	private static KeyPair keys() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		return generator.generateKeyPair();
	}

	private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		return store;
	}

	private record Authority(String name, KeyPair keys, X509Certificate certificate) {

	}

}
