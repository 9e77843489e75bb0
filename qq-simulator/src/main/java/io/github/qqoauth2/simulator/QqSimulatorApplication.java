package io.github.qqoauth2.simulator;

/**
 * The simulator as a program for development. Options: {@code --port} (9100; 0 for a free
 * one), {@code --app-id}, {@code --app-key}, and {@code --redirect-uri}, which may come
 * several times and without which any loopback address is accepted. Its app may ask for
 * the unionid. It runs until it is interrupted.
 */
public final class QqSimulatorApplication {

	private static final String USAGE = "Options: --port PORT, --app-id DIGITS, --app-key KEY, "
			+ "--redirect-uri URI (repeatable)";

	private QqSimulatorApplication() {
	}

	/**
	 * Starts the simulator, prints how to use it and stays.
	 * @param arguments the options
	 * @throws InterruptedException where the wait is interrupted
	 */
	public static void main(String... arguments) throws InterruptedException {
		// Without a logger on the class path SLF4J would print a notice before ours.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		try {
			QqSimulator simulator = start(ProgramOptions.parse(arguments));
			simulator.join();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			System.err.println(ex.getMessage());
			System.err.println(USAGE);
			System.exit(2);
		}
	}

	@SuppressWarnings("resource")
	static QqSimulator start(ProgramOptions options) {
		QqSimulator simulator = new QqSimulatorBuilder().port(options.port()).start();
		simulator.addApp(options.app());
		System.out.println("QQ simulator at " + simulator.url() + ". Set in the application:");
		System.out.println("qq.oauth2.base-uri=" + simulator.url());
		System.out.println("qq.oauth2.app-id=" + options.app().appId());
		System.out.println("qq.oauth2.app-key=" + options.app().appKey());
		return simulator;
	}

}
