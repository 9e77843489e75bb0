package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTests {

	private final @Nullable ProxySelector before = ProxySelector.getDefault();

	private final List<URI> addresses = new CopyOnWriteArrayList<>();

	private final RawServer qq = new RawServer();

	@AfterEach
	void stop() throws IOException {
		ProxySelector.setDefault(this.before);
		this.qq.close();
	}

	private void recordAddresses() {
		ProxySelector.setDefault(new ProxySelector() {

			@Override
			public List<Proxy> select(URI uri) {
				WarmUpTests.this.addresses.add(uri);
				return List.of(Proxy.NO_PROXY);
			}

			@Override
			public void connectFailed(URI uri, SocketAddress address, IOException failure) {
				// nothing to do
			}

		});
	}

	@Test
	void warmUpWhenCalledThenConnectsOnlyToThisMachineAndNotToQq() {
		recordAddresses();
		List<Observation.Context> observed = new CopyOnWriteArrayList<>();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStart(Observation.Context context) {
				observed.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		QqClient client = new QqClient(URI.create(this.qq.url()), false, Duration.ofSeconds(6), 100, observations);
		client.warmUp();
		client.warmUp();
		assertThat(this.addresses).isNotEmpty().allSatisfy((address) -> {
			assertThat(address).hasScheme("https").hasHost("127.0.0.1");
			assertThat(address.getPort()).isNotEqualTo(URI.create(this.qq.url()).getPort());
		});
		assertThat(this.qq.connections()).isZero();
		assertThat(observed).isEmpty();
	}

	@Test
	void warmUpWhenInterruptedThenThreadStaysInterrupted() {
		Thread.currentThread().interrupt();
		QqLogins.client(this.qq).warmUp();
		assertThat(Thread.interrupted()).isTrue();
	}

}
