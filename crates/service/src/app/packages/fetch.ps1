# Fetches one release into a folder. `toolcrib install --from FOLDER` installs from it, here and on other computers, also
# without a network. Run it again after anything that stopped it: it goes on, and fetches nothing twice.
#
#   powershell -ExecutionPolicy Bypass -File SCRIPT [FOLDER]
#
# It needs nothing but PowerShell 5.1. The address in it works for a day for whoever has it: keep it to yourself.
param([string]$Folder = «folder»)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

$Address = «address»
$Ticket = «ticket»
$Install = «install»
$Fingerprint = «fingerprint»

# .NET has a current folder of its own.
$Folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Folder)
$List = Join-Path $Folder 'SHA256SUMS'

function Write-Words([string]$Words) {
    [Console]::Error.WriteLine($Words)
}

function Stop-Script([string]$Words) {
    Write-Words $Words
    exit 1
}

# Whether a file is there with this digest.
function Test-Digest([string]$Path, [string]$Sum) {
    if (-not [IO.File]::Exists($Path)) { return $false }
    return (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash -eq $Sum
}

# How many bytes of a file are there.
function Get-Held([string]$Path) {
    if (-not [IO.File]::Exists($Path)) { return [long]0 }
    return (New-Object IO.FileInfo $Path).Length
}

# What the server answered, if that is why something failed; 0 if it is not.
function Get-Status($Problem) {
    while ($null -ne $Problem) {
        if ($Problem -is [Net.WebException] -and $null -ne $Problem.Response) { return [int]$Problem.Response.StatusCode }
        $Problem = $Problem.InnerException
    }
    return 0
}

# Says why the server refused, and what to do.
function Stop-Refused([int]$Status, [string]$Name) {
    switch ($Status) {
        410 { Stop-Script 'The address in this script has ended. Get a new script from the product''s page and run it with the same folder: what was fetched is kept.' }
        403 { Stop-Script 'The server does not give this release any more: the seat, the contract or the right to download has ended, or this script was changed. Sign in to the portal to see which.' }
        409 { Stop-Script 'The vendor has withdrawn this release. Choose another one on the product''s page.' }
        404 { Stop-Script "The server does not have $Name any more. Get a new script from the product's page." }
        default { Stop-Script "The server refuses $Name (HTTP $Status)." }
    }
}

# Takes one answer of the server, from where the file ends.
function Receive-Rest([string]$Name, [string]$Path) {
    $Held = Get-Held $Path
    $Request = [Net.WebRequest]::Create("$Address${Name}?ticket=$Ticket")
    $Request.Timeout = 60000
    $Request.ReadWriteTimeout = 60000
    if ($Held -gt 0) { $Request.AddRange([long]$Held) }
    $Answer = $Request.GetResponse()
    try {
        $Begin = [long]0
        $Mode = [IO.FileMode]::Create
        if ([int]$Answer.StatusCode -eq 206) {
            $Begin = $Held
            $Mode = [IO.FileMode]::Append
        }
        $File = [IO.File]::Open($Path, $Mode)
        try { $Answer.GetResponseStream().CopyTo($File) } finally { $File.Dispose() }
        if ((Get-Held $Path) -lt $Begin + $Answer.ContentLength) { throw 'The connection broke off.' }
    } finally {
        $Answer.Close()
    }
}

# Fetches a file, going on where it ends. Whether it is right, its digest says afterwards. False where it is of a catalogue
# that was replaced meanwhile.
function Get-Whole([string]$Name, [string]$Path) {
    $Tries = 0
    while ($true) {
        $Before = Get-Held $Path
        try {
            Receive-Rest $Name $Path
            return $true
        } catch {
            $Status = Get-Status $_.Exception
            if ($Status -eq 416) { return $true }
            if ($Status -eq 404 -and $Name.StartsWith('catalogue/')) { return $false }
            if ($Status -ge 400 -and $Status -lt 500 -and $Status -ne 408 -and $Status -ne 429) { Stop-Refused $Status $Name }
            Write-Words $_.Exception.Message
        }
        if ((Get-Held $Path) -gt $Before) { $Tries = 0 } else { $Tries++ }
        if ($Tries -ge 5) { Stop-Script 'The network, the server or the disk fails. Run this script again later: it goes on where it stopped.' }
        Start-Sleep -Seconds ($Tries + 1)
    }
}

function Move-Over([string]$From, [string]$To) {
    if ([IO.File]::Exists($To)) { [IO.File]::Delete($To) }
    [IO.File]::Move($From, $To)
}

# The digests of all files, as they are now.
function Get-List {
    [IO.File]::Delete("$List.begun")
    [void](Get-Whole 'SHA256SUMS' "$List.begun")
    Move-Over "$List.begun" $List
}

# Fetches a file unless it is right already; whether it is right then.
function Complete-File([string]$Sum, [string]$Name) {
    if ($Name -notmatch '^[A-Za-z0-9._/-]+$' -or $Name.StartsWith('/') -or $Name.Contains('..')) {
        Stop-Script 'The list of the server names a file that cannot be one of this folder.'
    }
    $Path = $Folder
    foreach ($Piece in $Name.Split('/')) { $Path = [IO.Path]::Combine($Path, $Piece) }
    if (Test-Digest $Path $Sum) { return $true }
    Write-Words $Name
    [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Path))
    if (-not (Get-Whole $Name "$Path.begun")) { return $false }
    if (-not (Test-Digest "$Path.begun" $Sum)) {
        [IO.File]::Delete("$Path.begun")
        if (-not (Get-Whole $Name "$Path.begun")) { return $false }
    }
    if (-not (Test-Digest "$Path.begun" $Sum)) {
        [IO.File]::Delete("$Path.begun")
        return $false
    }
    Move-Over "$Path.begun" $Path
    return $true
}

# Fetches what is not right yet; false where a file is another one than the list says.
function Complete-Folder {
    foreach ($Line in [IO.File]::ReadAllLines($List)) {
        $Sum, $Name = $Line -split '  ', 2
        if (-not (Complete-File $Sum $Name)) { return $false }
    }
    return $true
}

[void][IO.Directory]::CreateDirectory($Folder)
$Rounds = 1
Get-List
while (-not (Complete-Folder)) {
    if ($Rounds -ge 3) { Stop-Script 'A file is another one than the server''s list says, three times over. Try again later, and tell whoever runs the server.' }
    $Rounds++
    Write-Words 'The catalogue has changed meanwhile; going on with the new one.'
    Get-List
}
Write-Words "Everything is in $Folder. Keep the files together. Install from it here, or take it to another computer and name its place there:"
Write-Output "$Install --from '$($Folder.Replace("'", "''"))' --trust $Fingerprint"
