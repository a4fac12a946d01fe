using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Reasoner.Constraints.Solving;
using Reasoner.Constraints.Worker;

// Reasoner.Constraints.Worker MAX_FRAME_BYTES: solves the models that come as frames on standard input, one at a time, and
// answers on standard output. It ends when its standard input does, whatever it is doing then.
if (args is not [var argument] || !int.TryParse(argument, CultureInfo.InvariantCulture, out var limit))
{
    Console.Error.WriteLine("This program is started by others. Usage: Reasoner.Constraints.Worker MAX_FRAME_BYTES");
    return 2;
}

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
OrTools.Load();
var models = Channel.CreateUnbounded<byte[]>();
var solving = Task.Factory.StartNew(SolveAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
try
{
    var greeting = new byte[4];
    BinaryPrimitives.WriteInt32LittleEndian(greeting, WorkerFrame.Protocol);
    var runs = Encoding.UTF8.GetBytes($"OR-Tools native code on .NET {Environment.Version}");
    await WorkerFrame.WriteAsync(output, WorkerFrameKind.Hello, CancellationToken.None, greeting, runs);
    while (await WorkerFrame.ReadAsync(input, limit, CancellationToken.None) is { } frame)
    {
        if (frame.Kind != WorkerFrameKind.Solve) throw new InvalidDataException($"a frame of kind {(byte)frame.Kind} means nothing here");
        models.Writer.TryWrite(frame.Payload);
    }
}
catch (Exception failure) when (failure is InvalidDataException or IOException)
{
    Console.Error.WriteLine($"The frame cannot be read: {failure.Message}.");
    return 3;
}

// The parent has gone, or wants this process gone. An orderly exit would free what the search still uses.
Process.GetCurrentProcess().Kill();
return 0;

async Task SolveAll()
{
    await foreach (var payload in models.Reader.ReadAllAsync())
    {
        if (payload.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(payload) > payload.Length - 4)
        {
            await WorkerFrame.WriteAsync(output, WorkerFrameKind.Failed, CancellationToken.None, "the model is longer than its frame"u8.ToArray());
            continue;
        }

        var modelEnd = 4 + BinaryPrimitives.ReadInt32LittleEndian(payload);
        var response = OrTools.Solve(payload.AsSpan(4..modelEnd), payload.AsSpan(modelEnd..));
        await WorkerFrame.WriteAsync(output, WorkerFrameKind.Solved, CancellationToken.None, response);
    }
}
