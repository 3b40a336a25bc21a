@echo off
rem Serves Patchwork on this computer: with Node where there is one, else with Python.
cd /d "%~dp0"
where node >nul 2>nul && (node serve.mjs %* & goto end)
where py >nul 2>nul && (py -3 serve.py %* & goto end)
where python >nul 2>nul && (python serve.py %* & goto end)
echo Patchwork needs Node (https://nodejs.org) or Python 3 (https://www.python.org) to be served.
echo Install one of them and start this again.
:end
pause
