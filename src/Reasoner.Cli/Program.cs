using System.Runtime.InteropServices;
using Reasoner.Cli;

// The first Ctrl-C or SIGTERM asks the command to stop; a second one ends the process as the system does.
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
using var console = CommandConsole.OfProcess();
return CommandLine.Run(args, console, cancellation.Token);

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
