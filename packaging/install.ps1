# Installs `resume` on Windows:
#   irm https://github.com/OWNER/resume/releases/latest/download/install.ps1 | iex
# RESUME_VERSION      a version such as 0.1.0; by default the latest
# RESUME_INSTALL_DIR  where the program goes; by default %LOCALAPPDATA%\Programs\resume
# RESUME_BASE         where archives are: an address or a local folder
$ErrorActionPreference = 'Stop'

function Install-Resume {
    $releases = 'https://github.com/OWNER/resume/releases'
    $base = "$releases/latest/download"
    if ($env:RESUME_VERSION) { $base = "$releases/download/v$($env:RESUME_VERSION.TrimStart('v'))" }
    if ($env:RESUME_BASE) { $base = $env:RESUME_BASE.TrimEnd('/', '\') }
    $folder = "$env:LOCALAPPDATA\Programs\resume"
    if ($env:RESUME_INSTALL_DIR) { $folder = $env:RESUME_INSTALL_DIR }
    # Windows on ARM runs programs for x86-64.
    $name = 'resume-x86_64-pc-windows-msvc'
    $archive = "$name.zip"

    $work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
    New-Item -ItemType Directory $work | Out-Null
    try {
        foreach ($file in $archive, "$archive.sha256") {
            Write-Host "downloading $base/$file"
            if ($base -match '^https?://') {
                Invoke-WebRequest -UseBasicParsing "$base/$file" -OutFile "$work\$file"
            } else {
                Copy-Item (Join-Path $base $file) $work
            }
        }
        $wanted = (Get-Content "$work\$archive.sha256").Split(' ')[0]
        $found = (Get-FileHash "$work\$archive" -Algorithm SHA256).Hash
        if ($found -ne $wanted) { throw "$archive is not the file that was published; download it again" }
        Expand-Archive "$work\$archive" $work
        New-Item -ItemType Directory -Force $folder | Out-Null
        Copy-Item -Force "$work\$name\resume.exe" $folder
        Copy-Item -Force "$work\$name\completions\resume.powershell" "$folder\resume.completions.ps1"
    } finally {
        Remove-Item -Recurse -Force $work
    }

    Write-Host "installed $(& "$folder\resume.exe" -V) as $folder\resume.exe"
    $path = [Environment]::GetEnvironmentVariable('Path', 'User')
    if (($path -split ';') -notcontains $folder) {
        [Environment]::SetEnvironmentVariable('Path', "$path;$folder".TrimStart(';'), 'User')
        $env:Path += ";$folder"
        Write-Host 'added it to the PATH of new terminals'
    }
    Write-Host 'next: resume init my-resume; cd my-resume; resume render'
}

Install-Resume
