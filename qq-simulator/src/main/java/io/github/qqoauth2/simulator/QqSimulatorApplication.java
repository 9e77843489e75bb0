package io.github.qqoauth2.simulator;

/**
 * Runs the simulator as a program for development. Options: {@code --port} (9100 by
 * default; 0 for a free one), {@code --app-id}, {@code --app-key}, and
 * {@code --redirect-uri}, which is repeatable and without which any loopback address is
 * accepted. The app may request the unionid. The program runs until it is interrupted.
 */
public final class QqSimulatorApplication {

	private static final String USAGE = "Options: --port PORT, --app-id DIGITS, --app-key KEY, "
			+ "--redirect-uri URI (repeatable), --people FILE";

	private QqSimulatorApplication() {
	}

	/**
	 * Starts the simulator, prints the properties to set and waits until it stops.
	 * @param arguments the options
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String... arguments) throws InterruptedException {
		// Without a logging implementation SLF4J prints a warning first.
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
		options.people().forEach(simulator::addPerson);
		System.out.println("QQ simulator at " + simulator.url() + ". Set in the application:");
		System.out.println("qq.oauth2.base-uri=" + simulator.url());
		System.out.println("qq.oauth2.app-id=" + options.app().appId());
		System.out.println("qq.oauth2.app-key=" + options.app().appKey());
		System.out.println("People, faults and the latest calls: " + simulator.url() + "/simulator");
		return simulator;
	}

}
