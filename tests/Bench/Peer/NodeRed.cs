using System.Text.Json;
using Microsoft.Data.Sqlite;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Peer;

/// <summary>
/// Node-RED as somebody who knows it would set it up for this job: a persistent QoS 1 session, a function that decodes,
/// and its SQLite node with WAL and an fsync for each transaction of up to 500 records, duplicates ignored by primary key.
/// </summary>
internal sealed class NodeRed : IAsyncDisposable
{
    private const string Decode = """
        const zlib = global.get('zlib');
        const bytes = msg.payload[0] === 66 ? zlib.brotliDecompressSync(msg.payload.subarray(1)) : msg.payload;
        const up = JSON.parse(bytes.toString());
        const q = s => "'" + String(s).replace(/'/g, "''") + "'";
        const rows = context.get('rows') || [];
        for (const r of up.records) rows.push('(' + q(up.vehicle) + ',' + q(up.epoch) + ',' + Number(r.seq) + ',' + q(JSON.stringify(r)) + ')');
        const flush = () => {
            const all = context.get('rows') || [];
            if (all.length === 0) return;
            context.set('rows', []);
            node.send({ topic: 'BEGIN IMMEDIATE;INSERT OR IGNORE INTO readings VALUES ' + all.join(',') + ';COMMIT;' });
        };
        context.set('rows', rows);
        if (rows.length >= 500) flush();
        else if (rows.length === up.records.length) setTimeout(flush, 50);
        return null;
        """;

    private readonly string root;
    private readonly string folder;
    private ServerProcess? process;

    private NodeRed(string root, string folder) => (this.root, this.folder) = (root, folder);

    public int Pid => process!.Pid;

    private string Database => Path.Combine(folder, "readings.db");

    public static async Task<NodeRed> StartAsync(BenchContext context, int brokerPort, string name, CancellationToken stop)
    {
        var peer = new NodeRed(context.Root, Path.Combine(context.Scratch, name));
        if (!File.Exists(peer.Program)) throw new InvalidOperationException($"{peer.Program} is missing: bash tests/bench.sh peer installs it");
        Directory.CreateDirectory(peer.folder);
        await using (var database = new SqliteConnection($"Data Source={peer.Database};Pooling=False"))
        {
            await database.OpenAsync(stop).ConfigureAwait(false);
            await using var make = database.CreateCommand();
            make.CommandText = "PRAGMA journal_mode=WAL; CREATE TABLE readings (vehicle TEXT, epoch TEXT, seq INTEGER, body TEXT, PRIMARY KEY (vehicle, epoch, seq)) WITHOUT ROWID;";
            await make.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
        }

        await File.WriteAllTextAsync(Path.Combine(peer.folder, "settings.js"), $$"""
            module.exports = {
                uiHost: '127.0.0.1', uiPort: {{FreePort.Next()}}, httpAdminRoot: false, httpNodeRoot: false, flowFile: 'flows.json',
                functionGlobalContext: { zlib: require('zlib') }, logging: { console: { level: 'warn' } }, telemetry: { enabled: false },
            };
            """, stop).ConfigureAwait(false);
        object[] flow =
        [
            new { id = "f", type = "tab", label = "ingest" },
            new { id = "b", type = "mqtt-broker", broker = "127.0.0.1", port = $"{brokerPort}", clientid = "node-red", autoConnect = true, usetls = false, protocolVersion = "4", keepalive = "60", cleansession = false },
            new { id = "db", type = "sqlitedb", db = peer.Database, mode = "RWC" },
            new { id = "in", type = "mqtt in", z = "f", topic = Topic.AllUp, qos = "1", datatype = "buffer", broker = "b", inputs = 0, wires = new[] { new[] { "fn" } } },
            new { id = "fn", type = "function", z = "f", func = Decode, outputs = 1, wires = new[] { new[] { "sql" } } },
            new { id = "sql", type = "sqlite", z = "f", mydb = "db", sqlquery = "batch", sql = "", wires = new[] { Array.Empty<string>() } },
        ];
        await File.WriteAllTextAsync(Path.Combine(peer.folder, "flows.json"), JsonSerializer.Serialize(flow), stop).ConfigureAwait(false);
        peer.StartAgain();
        return peer;
    }

    private string Program => Path.Combine(root, "tests/Bench/Peer/node_modules/node-red/red.js");

    public void StartAgain() => process = ServerProcess.Run("node", [Program, "--userDir", folder, "--settings", Path.Combine(folder, "settings.js")]);

    public async Task KillAsync()
    {
        await process!.KillAsync().ConfigureAwait(false);
        await process.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Rows that are durable.</summary>
    public long Stored()
    {
        using var database = new SqliteConnection($"Data Source={Database};Mode=ReadOnly");
        database.Open();
        using var count = database.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM readings";
        return (long)count.ExecuteScalar()!;
    }

    /// <summary>Its last words, for an error.</summary>
    public string Output => process?.Output ?? "";

    public bool HasExited => process!.HasExited;

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync().ConfigureAwait(false);
        SqliteConnection.ClearAllPools();
    }
}
