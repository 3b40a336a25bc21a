@echo off
rem Serves Patchwork on this computer: with Node where there is one, else with Python.
rem Not "cd": it takes no folder of a network share.
pushd "%~dp0"
if not exist serve.mjs goto zipped
where node >nul 2>nul && goto node
rem Windows brings a python.exe that only opens its shop: what counts is one that runs.
py -3 -c "import http.server" >nul 2>nul && goto py
python -c "import sys; sys.exit(sys.version_info < (3, 7))" >nul 2>nul && goto python
echo Patchwork needs Node (https://nodejs.org) or Python 3 (https://www.python.org) to be served.
echo Install one of them and start this again.
goto end
:zipped
echo The other files are missing: unpack the whole zip first, and start this in the folder that comes of it.
goto end
:node
node serve.mjs %*
goto end
:py
py -3 serve.py %*
goto end
:python
python serve.py %*
:end
popd
pause
